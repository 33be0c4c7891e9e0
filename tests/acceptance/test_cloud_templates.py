"""Campaigns of approved templates through the Cloud API: named and positional values, files in the header, buttons."""

from typing import Any

from tests.acceptance.cloud_desk import connect_cloud, picture
from tests.acceptance.desk import assert_adds_up, assert_exactly_once, control, mobiles
from tests.acceptance.scene import QUICK, Scene

PEOPLE = 12


def components(row: dict[str, Any]) -> dict[str, Any]:
    """Return the parts of the template that the gateway took, buttons by their position."""
    parts = row["media"]["templateMessage"]["components"]
    return {f"button.{part['index']}" if part["type"] == "button" else part["type"]: part for part in parts}


def test_templates_of_both_kinds_with_files_and_buttons_reach_each_person_once(scene: Scene) -> None:
    desk, phones = scene.desk, mobiles(PEOPLE)
    image, catalogue = picture(scene.folder), scene.folder / "catalogo.pdf"
    catalogue.write_bytes(b"%PDF-1.4\n%%EOF\n")
    simulator = scene.simulate("a", settings=QUICK, gateway="cloud")
    connect_cloud(desk, simulator)
    desk.import_phones(phones)
    named = {"nome": "{{nome}}", "produto": "um panetone", "button.0": "natal?p={{phone}}"}
    positional = {"1": "{{nome}}", "button.0": "quero-{{phone}}", "button.1": "NATAL10"}
    campaign = desk.create(
        simulator.instances,
        messages=[
            {
                "template": {"name": "oferta", "language": "pt_BR", "parameters": named},
                "media": {"kind": "image", "path": str(image)},
            },
            {
                "template": {"name": "cupom", "language": "pt_BR", "parameters": positional},
                "media": {"kind": "document", "path": str(catalogue)},
            },
        ],
    )
    status = desk.start("campaign", "start", str(campaign), "--wait").wait(120).json

    assert status["status"] == "completed", desk.recipients(campaign)
    assert_adds_up(status)
    assert status["failed"] + status["in_doubt"] == 0, desk.recipients(campaign)
    assert_exactly_once(simulator, phones)
    seen: set[str] = set()
    for row in simulator.recorded():
        number, parts = int(row["number"][-8:]) - 70_000_000, components(row)
        name = f"Pessoa {number}"
        if row["text"].startswith("Olá"):
            seen.add("oferta")
            assert row["text"] == f"Olá {name}, só hoje: um panetone."
            assert {one["parameter_name"] for one in parts["body"]["parameters"]} == {"nome", "produto"}
            assert parts["header"]["parameters"][0]["image"]["id"]
            assert (parts["button.0"]["sub_type"], parts["button.0"]["parameters"]) == (
                "url",
                [{"type": "text", "text": f"natal?p=+{row['number']}"}],
            )
        else:
            seen.add("cupom")
            assert row["text"] == f"{name}, o catálogo e o seu cupom:"
            assert parts["header"]["parameters"][0]["document"]["filename"] == "catalogo.pdf"
            assert parts["button.0"]["parameters"] == [{"type": "payload", "payload": f"quero-+{row['number']}"}]
            assert parts["button.1"]["parameters"] == [{"type": "coupon_code", "coupon_code": "NATAL10"}]
    assert seen == {"oferta", "cupom"}
    desk.assert_healthy()


def test_a_template_that_meta_rejects_is_found_before_anything_leaves(scene: Scene) -> None:
    desk, phones = scene.desk, mobiles(PEOPLE)
    simulator = scene.simulate("a", settings=QUICK, gateway="cloud")
    connect_cloud(desk, simulator)
    desk.import_phones(phones)
    use = {"name": "boas_vindas", "language": "pt_BR", "parameters": {"1": "{{nome}}", "2": "Loja do Zé"}}
    campaign = desk.create(simulator.instances, messages=[{"template": use}])
    assert desk.run("campaign", "preflight", str(campaign))["ok"]
    control(simulator, "template", name="boas_vindas", language="pt_BR", event="REJECTED", reason="SCAM")
    desk.run("instance", "templates", "a", "--refresh")
    assert "template_not_approved" in {
        line["code"] for line in desk.run("campaign", "preflight", str(campaign), expect=1)["lines"]
    }
    desk.run("campaign", "start", str(campaign), expect=1)
    assert simulator.recorded() == []
