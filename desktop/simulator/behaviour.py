"""How people and WhatsApp behave in the simulation: the numbers behind receipts, replies and sign-in."""

from dataclasses import dataclass, field
from random import Random


@dataclass(frozen=True, slots=True)
class Delay:
    """A log-normal waiting time: half of the draws are below `median_s`; `spread` is the sigma of the logarithm."""

    median_s: float
    spread: float = 0.0

    def draw_s(self, rng: Random) -> float:
        """Return one waiting time in seconds."""
        return self.median_s * rng.lognormvariate(0.0, self.spread) if self.spread else self.median_s


@dataclass(frozen=True, slots=True)
class Behaviour:
    """Settings of the simulation. All waiting times are divided by `speed`."""

    speed: float = 1.0
    delivered_share: float = 0.98
    delivered: Delay = field(default_factory=lambda: Delay(2.0, 0.35))  # 1 to 4 s
    read_share: float = 0.70
    read: Delay = field(default_factory=lambda: Delay(13.0, 0.75))  # 3 to 60 s after the delivery
    reply_share: float = 0.05
    reply: Delay = field(default_factory=lambda: Delay(15.0, 0.6))  # after the reading
    replies: tuple[str, ...] = (
        "Oi! Quero saber mais", "Obrigado", "Quanto custa?", "Pode me ligar amanhã?", "ok", "Tenho interesse sim",
        "Agora não, obrigada", "👍", "SAIR",
    )  # fmt: skip
    quoting_share: float = 0.3
    pair_after_s: float | None = 12.0  # a shown QR is "scanned" after this time; None: only through the control API
    qr_lifetime_s: float = 45.0
    qr_limit: int = 30
    connect_wait_s: float = 0.3  # how long connect and create hold the request before there is a QR
    can_reach_whatsapp: bool = True  # without, a sign-in never gets as far as a code
    restart_s: float = 1.5
    send_latency: Delay | None = None  # how long each send takes; None: no time at all
    early_receipt_lead_s: float = 0.15  # how long the answer is held back after an early receipt
    has_global_events: bool = True  # socket.io: the default namespace gets the events of all instances
    is_key_needed_for_events: bool = True  # the recorded server let loopback in without a key
    version: str = "2.3.6"
    is_licensed: bool = True  # Evolution 2.4: without, all that is business answers 503
    permissions: tuple[str, ...] = ("messaging", "management")  # Cloud API: what the token may
    is_on_biz_app: bool = False  # Cloud API: the numbers are used in the WhatsApp Business app, too
    engine: str = "NOWEB"  # WAHA: WEBJS, WPP, NOWEB or GOWS
    has_store: bool = True  # WAHA on NOWEB: whether sessions that are there from the start keep a history
    is_restricted: bool = False  # WAHA: the account's reach-out lock is active
    is_capped: bool = False  # WAHA: the account's quota of new conversations is used up

    def scaled_s(self, delay: Delay, rng: Random) -> float:
        """Draw a waiting time and apply the speed."""
        return delay.draw_s(rng) / self.speed
