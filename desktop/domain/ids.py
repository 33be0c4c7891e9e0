"""Identities. All are positive integers given by the database; `EventId` also orders events by their commit."""

from typing import NewType

WorkspaceId = NewType("WorkspaceId", int)
InstanceId = NewType("InstanceId", int)
ContactId = NewType("ContactId", int)
CampaignId = NewType("CampaignId", int)
VariationId = NewType("VariationId", int)
RecipientId = NewType("RecipientId", int)
AttemptId = NewType("AttemptId", int)
EventId = NewType("EventId", int)
RunId = NewType("RunId", int)
HookId = NewType("HookId", int)
DeliveryId = NewType("DeliveryId", int)
OperatorId = NewType("OperatorId", int)
