BEGIN TRANSACTION;
CREATE TABLE ai_draft (
	id INTEGER NOT NULL, 
	request_id INTEGER NOT NULL, 
	workspace_id INTEGER NOT NULL, 
	campaign_id INTEGER, 
	text TEXT NOT NULL, 
	state TEXT NOT NULL, 
	created_at BIGINT NOT NULL, 
	CONSTRAINT pk_ai_draft PRIMARY KEY (id), 
	CONSTRAINT ck_ai_draft_state CHECK (state IN ('proposed', 'accepted', 'rejected')), 
	CONSTRAINT fk_ai_draft_request_id_ai_request FOREIGN KEY(request_id) REFERENCES ai_request (id), 
	CONSTRAINT fk_ai_draft_workspace_id_workspace FOREIGN KEY(workspace_id) REFERENCES workspace (id), 
	CONSTRAINT fk_ai_draft_campaign_id_campaign FOREIGN KEY(campaign_id) REFERENCES campaign (id) ON DELETE CASCADE
);
CREATE TABLE ai_request (
	id INTEGER NOT NULL, 
	workspace_id INTEGER NOT NULL, 
	campaign_id INTEGER, 
	at BIGINT NOT NULL, 
	model TEXT NOT NULL, 
	tokens_in INTEGER NOT NULL, 
	tokens_out INTEGER NOT NULL, 
	cost FLOAT NOT NULL, 
	error TEXT, 
	CONSTRAINT pk_ai_request PRIMARY KEY (id), 
	CONSTRAINT fk_ai_request_workspace_id_workspace FOREIGN KEY(workspace_id) REFERENCES workspace (id), 
	CONSTRAINT fk_ai_request_campaign_id_campaign FOREIGN KEY(campaign_id) REFERENCES campaign (id) ON DELETE SET NULL
);
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0024');
CREATE TABLE attempt (
	id INTEGER NOT NULL, 
	recipient_id INTEGER, 
	campaign_id INTEGER NOT NULL, 
	instance_id INTEGER NOT NULL, 
	variation_id INTEGER, 
	run_id INTEGER NOT NULL, 
	number INTEGER NOT NULL, 
	started_at BIGINT NOT NULL, 
	finished_at BIGINT, 
	duration_ms INTEGER, 
	client_ref TEXT NOT NULL, 
	text_digest TEXT NOT NULL, 
	outcome TEXT, 
	error_class TEXT, 
	code TEXT, 
	text TEXT, 
	http_status INTEGER, 
	message_id TEXT, 
	doubt_since BIGINT, 
	doubt_tries INTEGER DEFAULT '0' NOT NULL, 
	category TEXT DEFAULT '' NOT NULL, 
	market TEXT DEFAULT '' NOT NULL, 
	price_micros BIGINT DEFAULT '0' NOT NULL, 
	billed_as TEXT, 
	billed_micros BIGINT, 
	CONSTRAINT pk_attempt PRIMARY KEY (id), 
	CONSTRAINT ck_attempt_outcome CHECK (outcome IN ('accepted', 'rejected', 'not_sent', 'unknown')), 
	CONSTRAINT uq_attempt_recipient_id_number UNIQUE (recipient_id, number), 
	CONSTRAINT fk_attempt_recipient_id_recipient FOREIGN KEY(recipient_id) REFERENCES recipient (id) ON DELETE SET NULL, 
	CONSTRAINT fk_attempt_instance_id_instance FOREIGN KEY(instance_id) REFERENCES instance (id), 
	CONSTRAINT fk_attempt_run_id_run FOREIGN KEY(run_id) REFERENCES run (id), 
	CONSTRAINT uq_attempt_client_ref UNIQUE (client_ref)
);
CREATE TABLE attempt_count (
	campaign_id INTEGER NOT NULL, 
	instance_id INTEGER NOT NULL, 
	outcome TEXT NOT NULL, 
	code TEXT NOT NULL, 
	error_class TEXT NOT NULL, 
	number INTEGER NOT NULL, 
	n BIGINT NOT NULL, 
	CONSTRAINT pk_attempt_count PRIMARY KEY (campaign_id, instance_id, outcome, code, error_class, number)
)
 WITHOUT ROWID

;
CREATE TABLE attempt_duration (
	campaign_id INTEGER NOT NULL, 
	instance_id INTEGER NOT NULL, 
	bucket_ms INTEGER NOT NULL, 
	n BIGINT NOT NULL, 
	total_ms BIGINT NOT NULL, 
	least_ms INTEGER NOT NULL, 
	most_ms INTEGER NOT NULL, 
	CONSTRAINT pk_attempt_duration PRIMARY KEY (campaign_id, instance_id, bucket_ms)
)
 WITHOUT ROWID

;
CREATE TABLE campaign (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	workspace_id INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	status TEXT NOT NULL, 
	reason TEXT, 
	draft TEXT NOT NULL, 
	respect_opt_out BOOLEAN NOT NULL, 
	priority INTEGER NOT NULL, 
	schedule_at BIGINT, 
	created_at BIGINT NOT NULL, 
	updated_at BIGINT NOT NULL, 
	edited_event_at BIGINT, 
	started_at BIGINT, 
	finished_at BIGINT, 
	deleted_at BIGINT, 
	CONSTRAINT ck_campaign_status CHECK (status IN ('draft', 'scheduled', 'running', 'paused', 'completed', 'cancelled', 'failed')), 
	CONSTRAINT ck_campaign_schedule CHECK (status <> 'scheduled' OR schedule_at IS NOT NULL), 
	CONSTRAINT fk_campaign_workspace_id_workspace FOREIGN KEY(workspace_id) REFERENCES workspace (id)
);
CREATE TABLE campaign_count (
	campaign_id INTEGER NOT NULL, 
	instance_id INTEGER NOT NULL, 
	status TEXT NOT NULL, 
	n BIGINT NOT NULL, 
	CONSTRAINT pk_campaign_count PRIMARY KEY (campaign_id, instance_id, status)
)
 WITHOUT ROWID

;
CREATE TABLE campaign_instance (
	campaign_id INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	instance_id INTEGER NOT NULL, 
	CONSTRAINT pk_campaign_instance PRIMARY KEY (campaign_id, position), 
	CONSTRAINT uq_campaign_instance_campaign_id_instance_id UNIQUE (campaign_id, instance_id), 
	CONSTRAINT fk_campaign_instance_campaign_id_campaign FOREIGN KEY(campaign_id) REFERENCES campaign (id), 
	CONSTRAINT fk_campaign_instance_instance_id_instance FOREIGN KEY(instance_id) REFERENCES instance (id)
)
 WITHOUT ROWID

;
CREATE TABLE campaign_retry (
	campaign_id INTEGER NOT NULL, 
	first_id INTEGER NOT NULL, 
	CONSTRAINT pk_campaign_retry PRIMARY KEY (campaign_id), 
	CONSTRAINT fk_campaign_retry_campaign_id_campaign FOREIGN KEY(campaign_id) REFERENCES campaign (id)
)
 WITHOUT ROWID

;
CREATE TABLE campaign_tick (
	campaign_id INTEGER NOT NULL, 
	width_s INTEGER NOT NULL, 
	tick_s BIGINT NOT NULL, 
	kind TEXT NOT NULL, 
	instance_id INTEGER NOT NULL, 
	n BIGINT NOT NULL, 
	CONSTRAINT pk_campaign_tick PRIMARY KEY (campaign_id, width_s, tick_s, kind, instance_id)
)
 WITHOUT ROWID

;
CREATE TABLE capsule (
	id INTEGER NOT NULL, 
	workspace_id INTEGER NOT NULL, 
	uid TEXT NOT NULL, 
	campaign_id INTEGER NOT NULL, 
	direction TEXT NOT NULL, 
	at BIGINT NOT NULL, 
	CONSTRAINT pk_capsule PRIMARY KEY (id), 
	CONSTRAINT ck_capsule_direction CHECK (direction IN ('out', 'in')), 
	CONSTRAINT uq_capsule_workspace_id_uid_direction UNIQUE (workspace_id, uid, direction), 
	CONSTRAINT fk_capsule_workspace_id_workspace FOREIGN KEY(workspace_id) REFERENCES workspace (id)
);
CREATE TABLE clock_mark (
	id INTEGER NOT NULL, 
	workspace_id INTEGER NOT NULL, 
	at BIGINT NOT NULL, 
	uptime_ms BIGINT NOT NULL, 
	boot TEXT NOT NULL, 
	set_by_ms BIGINT NOT NULL, 
	is_certain BOOLEAN DEFAULT '1' NOT NULL, 
	CONSTRAINT pk_clock_mark PRIMARY KEY (id), 
	CONSTRAINT fk_clock_mark_workspace_id_workspace FOREIGN KEY(workspace_id) REFERENCES workspace (id)
);
CREATE TABLE consent (
	contact_id INTEGER NOT NULL, 
	at BIGINT NOT NULL, 
	proof TEXT NOT NULL, 
	CONSTRAINT pk_consent PRIMARY KEY (contact_id), 
	CONSTRAINT fk_consent_contact_id_contact FOREIGN KEY(contact_id) REFERENCES contact (id) ON DELETE CASCADE
);
CREATE TABLE contact (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	workspace_id INTEGER NOT NULL, 
	phone TEXT NOT NULL, 
	name TEXT NOT NULL, 
	custom TEXT NOT NULL, 
	address TEXT, 
	opted_out_at BIGINT, 
	opt_in_source TEXT, 
	import_id BIGINT, 
	created_at BIGINT NOT NULL, 
	updated_at BIGINT NOT NULL, 
	CONSTRAINT uq_contact_workspace_id_phone UNIQUE (workspace_id, phone), 
	CONSTRAINT fk_contact_workspace_id_workspace FOREIGN KEY(workspace_id) REFERENCES workspace (id)
);
CREATE TABLE contact_before (
	import_id BIGINT NOT NULL, 
	contact_id INTEGER NOT NULL, 
	document TEXT NOT NULL, 
	CONSTRAINT pk_contact_before PRIMARY KEY (import_id, contact_id), 
	CONSTRAINT fk_contact_before_contact_id_contact FOREIGN KEY(contact_id) REFERENCES contact (id) ON DELETE CASCADE
)
 WITHOUT ROWID

;
CREATE TABLE contact_identity (
	workspace_id INTEGER NOT NULL, 
	kind TEXT NOT NULL, 
	value TEXT NOT NULL, 
	contact_id INTEGER NOT NULL, 
	CONSTRAINT pk_contact_identity PRIMARY KEY (workspace_id, kind, value), 
	CONSTRAINT ck_contact_identity_kind CHECK (kind IN ('phone', 'lid', 'user_id')), 
	CONSTRAINT fk_contact_identity_workspace_id_workspace FOREIGN KEY(workspace_id) REFERENCES workspace (id), 
	CONSTRAINT fk_contact_identity_contact_id_contact FOREIGN KEY(contact_id) REFERENCES contact (id) ON DELETE CASCADE
)
 WITHOUT ROWID

;
CREATE TABLE contact_import (
	id BIGINT NOT NULL, 
	workspace_id INTEGER NOT NULL, 
	file TEXT NOT NULL, 
	began_at BIGINT NOT NULL, 
	ended_at BIGINT, 
	undone_at BIGINT, 
	added INTEGER NOT NULL, 
	updated INTEGER NOT NULL, 
	CONSTRAINT pk_contact_import PRIMARY KEY (id), 
	CONSTRAINT fk_contact_import_workspace_id_workspace FOREIGN KEY(workspace_id) REFERENCES workspace (id)
);
CREATE VIRTUAL TABLE contact_search USING fts5(body, content='', columnsize=0, detail=none, tokenize='unicode61 remove_diacritics 2');
CREATE TABLE contact_tag (
	contact_id INTEGER NOT NULL, 
	tag_id INTEGER NOT NULL, 
	CONSTRAINT pk_contact_tag PRIMARY KEY (contact_id, tag_id), 
	CONSTRAINT fk_contact_tag_contact_id_contact FOREIGN KEY(contact_id) REFERENCES contact (id) ON DELETE CASCADE, 
	CONSTRAINT fk_contact_tag_tag_id_tag FOREIGN KEY(tag_id) REFERENCES tag (id)
)
 WITHOUT ROWID

;
CREATE TABLE event (
	id INTEGER NOT NULL, 
	workspace_id INTEGER NOT NULL, 
	at BIGINT NOT NULL, 
	type TEXT NOT NULL, 
	severity TEXT NOT NULL, 
	details TEXT NOT NULL, 
	campaign_id INTEGER, 
	instance_id INTEGER, 
	contact_id INTEGER, 
	recipient_id INTEGER, 
	duration_ms INTEGER, 
	http_status INTEGER, 
	progress FLOAT, 
	health_score FLOAT, 
	request TEXT, 
	response TEXT, 
	operator TEXT, 
	hash BLOB NOT NULL, 
	CONSTRAINT pk_event PRIMARY KEY (id)
);
CREATE TABLE event_anchor (
	id INTEGER NOT NULL, 
	through_id INTEGER NOT NULL, 
	hash BLOB NOT NULL, 
	through_at BIGINT NOT NULL, 
	created_at BIGINT NOT NULL, 
	operator TEXT, 
	CONSTRAINT pk_event_anchor PRIMARY KEY (id)
);
CREATE VIRTUAL TABLE event_text USING fts5(
  words, content='', columnsize=0, detail=none, tokenize='unicode61 remove_diacritics 2'
);
CREATE TABLE event_text_state (
	id INTEGER NOT NULL, 
	through_id INTEGER NOT NULL, 
	CONSTRAINT pk_event_text_state PRIMARY KEY (id)
);
CREATE TABLE hook (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	workspace_id INTEGER NOT NULL, 
	url TEXT NOT NULL, 
	kinds TEXT NOT NULL, 
	created_at BIGINT NOT NULL, 
	cursor INTEGER NOT NULL, 
	paused_at BIGINT, 
	pause_reason TEXT, 
	CONSTRAINT uq_hook_workspace_id_url UNIQUE (workspace_id, url), 
	CONSTRAINT fk_hook_workspace_id_workspace FOREIGN KEY(workspace_id) REFERENCES workspace (id)
);
CREATE TABLE hook_delivery (
	id INTEGER NOT NULL, 
	hook_id INTEGER NOT NULL, 
	"key" TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	event_id INTEGER, 
	recipient_id INTEGER, 
	body TEXT, 
	state TEXT NOT NULL, 
	tries INTEGER DEFAULT '0' NOT NULL, 
	created_at BIGINT NOT NULL, 
	next_try_at BIGINT, 
	finished_at BIGINT, 
	http_status INTEGER, 
	error TEXT, 
	CONSTRAINT pk_hook_delivery PRIMARY KEY (id), 
	CONSTRAINT ck_hook_delivery_state CHECK (state IN ('waiting', 'delivered', 'dead')), 
	CONSTRAINT ck_hook_delivery_waiting CHECK (state <> 'waiting' OR (next_try_at IS NOT NULL AND body IS NOT NULL)), 
	CONSTRAINT fk_hook_delivery_hook_id_hook FOREIGN KEY(hook_id) REFERENCES hook (id) ON DELETE CASCADE, 
	CONSTRAINT uq_hook_delivery_key UNIQUE ("key")
);
CREATE TABLE instance (
	id INTEGER NOT NULL, 
	workspace_id INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	gateway TEXT NOT NULL, 
	base_url TEXT NOT NULL, 
	remote_name TEXT NOT NULL, 
	timezone TEXT NOT NULL, 
	per_day INTEGER, 
	per_hour INTEGER, 
	per_minute INTEGER, 
	min_gap_s FLOAT NOT NULL, 
	max_in_flight INTEGER NOT NULL, 
	state TEXT NOT NULL, 
	phone TEXT, 
	warmup TEXT NOT NULL, 
	phone_id TEXT, 
	waba_id TEXT, 
	created_at BIGINT NOT NULL, 
	checked_at BIGINT, 
	paused_at BIGINT, 
	pause_reason TEXT, 
	removed_at BIGINT, 
	portfolio_id TEXT, 
	messaging_limit TEXT, 
	per_second INTEGER, 
	paused_until BIGINT, 
	options TEXT DEFAULT '{}' NOT NULL, 
	CONSTRAINT pk_instance PRIMARY KEY (id), 
	CONSTRAINT ck_instance_gateway CHECK (gateway IN ('evolution', 'waha', 'cloud')), 
	CONSTRAINT ck_instance_state CHECK (state IN ('unknown', 'connected', 'connecting', 'disconnected', 'needs_qr', 'unauthorised', 'missing', 'stopped', 'failed')), 
	CONSTRAINT ck_instance_pause CHECK ((paused_at IS NULL) = (pause_reason IS NULL)), 
	CONSTRAINT fk_instance_workspace_id_workspace FOREIGN KEY(workspace_id) REFERENCES workspace (id)
);
CREATE TABLE message_template (
	workspace_id INTEGER NOT NULL, 
	waba_id TEXT NOT NULL, 
	name TEXT NOT NULL, 
	language TEXT NOT NULL, 
	status TEXT NOT NULL, 
	category TEXT NOT NULL, 
	parameter_format TEXT NOT NULL, 
	components TEXT NOT NULL, 
	quality TEXT, 
	rejected_reason TEXT, 
	synced_at BIGINT NOT NULL, 
	CONSTRAINT pk_message_template PRIMARY KEY (workspace_id, waba_id, name, language), 
	CONSTRAINT fk_message_template_workspace_id_workspace FOREIGN KEY(workspace_id) REFERENCES workspace (id)
)
 WITHOUT ROWID

;
CREATE TABLE number_check (
	contact_id INTEGER NOT NULL, 
	is_there BOOLEAN NOT NULL, 
	checked_at BIGINT NOT NULL, 
	CONSTRAINT pk_number_check PRIMARY KEY (contact_id), 
	CONSTRAINT fk_number_check_contact_id_contact FOREIGN KEY(contact_id) REFERENCES contact (id) ON DELETE CASCADE
);
CREATE TABLE number_facts (
	instance_id INTEGER NOT NULL, 
	facts TEXT NOT NULL, 
	checked_at BIGINT NOT NULL, 
	CONSTRAINT pk_number_facts PRIMARY KEY (instance_id), 
	CONSTRAINT fk_number_facts_instance_id_instance FOREIGN KEY(instance_id) REFERENCES instance (id)
);
CREATE TABLE operator (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	workspace_id INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	name_key TEXT NOT NULL, 
	role TEXT NOT NULL, 
	password_hash TEXT NOT NULL, 
	failed_tries INTEGER DEFAULT '0' NOT NULL, 
	locked_until BIGINT, 
	disabled_at BIGINT, 
	created_at BIGINT NOT NULL, 
	CONSTRAINT ck_operator_role CHECK (role IN ('admin', 'agent', 'viewer')), 
	CONSTRAINT uq_operator_workspace_id_name_key UNIQUE (workspace_id, name_key), 
	CONSTRAINT fk_operator_workspace_id_workspace FOREIGN KEY(workspace_id) REFERENCES workspace (id)
);
CREATE TABLE opt_out_reply (
	id INTEGER NOT NULL, 
	workspace_id INTEGER NOT NULL, 
	phone_hash TEXT NOT NULL, 
	contact_id INTEGER, 
	instance_id INTEGER NOT NULL, 
	address TEXT, 
	text TEXT NOT NULL, 
	state TEXT NOT NULL, 
	reason TEXT, 
	requested_at BIGINT NOT NULL, 
	started_at BIGINT, 
	CONSTRAINT pk_opt_out_reply PRIMARY KEY (id), 
	CONSTRAINT ck_opt_out_reply_state CHECK (state IN ('due', 'sending', 'sent', 'unsure', 'failed', 'expired')), 
	CONSTRAINT uq_opt_out_reply_workspace_id_phone_hash UNIQUE (workspace_id, phone_hash), 
	CONSTRAINT fk_opt_out_reply_workspace_id_workspace FOREIGN KEY(workspace_id) REFERENCES workspace (id), 
	CONSTRAINT fk_opt_out_reply_contact_id_contact FOREIGN KEY(contact_id) REFERENCES contact (id) ON DELETE SET NULL, 
	CONSTRAINT fk_opt_out_reply_instance_id_instance FOREIGN KEY(instance_id) REFERENCES instance (id)
);
CREATE TABLE own_text (
	id INTEGER NOT NULL, 
	workspace_id INTEGER NOT NULL, 
	campaign_id INTEGER NOT NULL, 
	contact_id INTEGER NOT NULL, 
	state TEXT NOT NULL, 
	text TEXT NOT NULL, 
	units INTEGER NOT NULL, 
	problems TEXT NOT NULL, 
	reason TEXT, 
	recipient_id INTEGER, 
	updated_at BIGINT NOT NULL, 
	CONSTRAINT pk_own_text PRIMARY KEY (id), 
	CONSTRAINT ck_own_text_state CHECK (state IN ('waiting', 'failed', 'new', 'accepted', 'edited', 'refused')), 
	CONSTRAINT ck_own_text_frozen CHECK (recipient_id IS NULL OR state IN ('accepted', 'edited')), 
	CONSTRAINT fk_own_text_workspace_id_workspace FOREIGN KEY(workspace_id) REFERENCES workspace (id), 
	CONSTRAINT fk_own_text_campaign_id_campaign FOREIGN KEY(campaign_id) REFERENCES campaign (id) ON DELETE CASCADE, 
	CONSTRAINT fk_own_text_contact_id_contact FOREIGN KEY(contact_id) REFERENCES contact (id) ON DELETE CASCADE
);
CREATE TABLE own_text_plan (
	campaign_id INTEGER NOT NULL, 
	workspace_id INTEGER NOT NULL, 
	base TEXT NOT NULL, 
	wish TEXT NOT NULL, 
	fields TEXT NOT NULL, 
	most_people INTEGER NOT NULL, 
	most_cost FLOAT, 
	otherwise TEXT NOT NULL, 
	consent_at BIGINT, 
	consent_by TEXT, 
	consent_url TEXT NOT NULL, 
	consent_model TEXT NOT NULL, 
	requests INTEGER NOT NULL, 
	failures INTEGER NOT NULL, 
	tokens_in INTEGER NOT NULL, 
	tokens_out INTEGER NOT NULL, 
	cost FLOAT NOT NULL, 
	updated_at BIGINT NOT NULL, 
	CONSTRAINT pk_own_text_plan PRIMARY KEY (campaign_id), 
	CONSTRAINT ck_own_text_plan_otherwise CHECK (otherwise IN ('undecided', 'ordinary', 'leave_out')), 
	CONSTRAINT fk_own_text_plan_campaign_id_campaign FOREIGN KEY(campaign_id) REFERENCES campaign (id) ON DELETE CASCADE, 
	CONSTRAINT fk_own_text_plan_workspace_id_workspace FOREIGN KEY(workspace_id) REFERENCES workspace (id)
);
CREATE TABLE receipt_inbox (
	message_id TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	instance_id INTEGER NOT NULL, 
	at BIGINT NOT NULL, 
	code TEXT, 
	client_ref TEXT, 
	address TEXT, 
	pricing TEXT, 
	CONSTRAINT pk_receipt_inbox PRIMARY KEY (message_id, kind), 
	CONSTRAINT ck_receipt_inbox_kind CHECK (kind IN ('sent', 'delivered', 'read', 'failed'))
)
 WITHOUT ROWID

;
CREATE TABLE recipient (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	campaign_id INTEGER NOT NULL, 
	contact_id INTEGER, 
	phone TEXT NOT NULL, 
	status TEXT NOT NULL, 
	reason TEXT, 
	detail TEXT, 
	attempts INTEGER NOT NULL, 
	next_attempt_at BIGINT, 
	variation_id INTEGER, 
	instance_id INTEGER, 
	message_id TEXT, 
	address TEXT, 
	sent_at BIGINT, 
	delivered_at BIGINT, 
	read_at BIGINT, 
	replied_at BIGINT, 
	zone TEXT DEFAULT '' NOT NULL, 
	CONSTRAINT ck_recipient_status CHECK (status IN ('pending', 'sending', 'retrying', 'sent', 'delivered', 'read', 'failed', 'skipped', 'in_doubt')), 
	CONSTRAINT ck_recipient_retrying CHECK (status <> 'retrying' OR next_attempt_at IS NOT NULL), 
	CONSTRAINT ck_recipient_sent CHECK (status NOT IN ('sent', 'delivered', 'read') OR sent_at IS NOT NULL), 
	CONSTRAINT uq_recipient_campaign_id_phone UNIQUE (campaign_id, phone), 
	CONSTRAINT fk_recipient_campaign_id_campaign FOREIGN KEY(campaign_id) REFERENCES campaign (id), 
	CONSTRAINT fk_recipient_contact_id_contact FOREIGN KEY(contact_id) REFERENCES contact (id) ON DELETE SET NULL, 
	CONSTRAINT fk_recipient_instance_id_instance FOREIGN KEY(instance_id) REFERENCES instance (id)
);
CREATE TABLE run (
	id INTEGER NOT NULL, 
	workspace_id INTEGER NOT NULL, 
	host TEXT NOT NULL, 
	pid INTEGER NOT NULL, 
	started_at BIGINT NOT NULL, 
	ended_at BIGINT, 
	has_crashed BOOLEAN DEFAULT 0 NOT NULL, 
	CONSTRAINT pk_run PRIMARY KEY (id), 
	CONSTRAINT fk_run_workspace_id_workspace FOREIGN KEY(workspace_id) REFERENCES workspace (id)
);
CREATE TABLE saved_message (
	id INTEGER NOT NULL, 
	workspace_id INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	name_key TEXT NOT NULL, 
	messages TEXT NOT NULL, 
	words TEXT NOT NULL, 
	created_at BIGINT NOT NULL, 
	updated_at BIGINT NOT NULL, 
	CONSTRAINT pk_saved_message PRIMARY KEY (id), 
	CONSTRAINT uq_saved_message_workspace_id_name_key UNIQUE (workspace_id, name_key), 
	CONSTRAINT fk_saved_message_workspace_id_workspace FOREIGN KEY(workspace_id) REFERENCES workspace (id)
);
CREATE TABLE segment (
	id INTEGER NOT NULL, 
	workspace_id INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	rules TEXT NOT NULL, 
	created_at BIGINT NOT NULL, 
	updated_at BIGINT NOT NULL, 
	CONSTRAINT pk_segment PRIMARY KEY (id), 
	CONSTRAINT uq_segment_workspace_id_name UNIQUE (workspace_id, name), 
	CONSTRAINT fk_segment_workspace_id_workspace FOREIGN KEY(workspace_id) REFERENCES workspace (id)
);
CREATE TABLE setting (
	workspace_id INTEGER NOT NULL, 
	"key" TEXT NOT NULL, 
	value TEXT NOT NULL, 
	CONSTRAINT pk_setting PRIMARY KEY (workspace_id, "key"), 
	CONSTRAINT fk_setting_workspace_id_workspace FOREIGN KEY(workspace_id) REFERENCES workspace (id)
)
 WITHOUT ROWID

;
CREATE TABLE spend (
	instance_id INTEGER NOT NULL, 
	quarter_s BIGINT NOT NULL, 
	campaign_id INTEGER NOT NULL, 
	category TEXT NOT NULL, 
	market TEXT NOT NULL, 
	n BIGINT NOT NULL, 
	micros BIGINT NOT NULL, 
	told BIGINT NOT NULL, 
	told_micros BIGINT NOT NULL, 
	told_estimate BIGINT NOT NULL, 
	CONSTRAINT pk_spend PRIMARY KEY (instance_id, quarter_s, campaign_id, category, market)
)
 WITHOUT ROWID

;
CREATE TABLE suppression (
	workspace_id INTEGER NOT NULL, 
	phone_hash TEXT NOT NULL, 
	at BIGINT NOT NULL, 
	source TEXT NOT NULL, 
	CONSTRAINT pk_suppression PRIMARY KEY (workspace_id, phone_hash), 
	CONSTRAINT fk_suppression_workspace_id_workspace FOREIGN KEY(workspace_id) REFERENCES workspace (id)
)
 WITHOUT ROWID

;
CREATE TABLE suppression_key (
	workspace_id INTEGER NOT NULL, 
	"key" TEXT NOT NULL, 
	CONSTRAINT pk_suppression_key PRIMARY KEY (workspace_id), 
	CONSTRAINT fk_suppression_key_workspace_id_workspace FOREIGN KEY(workspace_id) REFERENCES workspace (id)
);
CREATE TABLE tag (
	id INTEGER NOT NULL, 
	workspace_id INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	CONSTRAINT pk_tag PRIMARY KEY (id), 
	CONSTRAINT uq_tag_workspace_id_name UNIQUE (workspace_id, name), 
	CONSTRAINT fk_tag_workspace_id_workspace FOREIGN KEY(workspace_id) REFERENCES workspace (id)
);
CREATE TABLE trial_message (
	id INTEGER NOT NULL, 
	workspace_id INTEGER NOT NULL, 
	instance_id INTEGER NOT NULL, 
	started_at BIGINT NOT NULL, 
	finished_at BIGINT, 
	outcome TEXT, 
	code TEXT, 
	message_id TEXT, 
	CONSTRAINT pk_trial_message PRIMARY KEY (id), 
	CONSTRAINT ck_trial_message_outcome CHECK (outcome IN ('accepted', 'rejected', 'not_sent', 'unknown')), 
	CONSTRAINT fk_trial_message_workspace_id_workspace FOREIGN KEY(workspace_id) REFERENCES workspace (id), 
	CONSTRAINT fk_trial_message_instance_id_instance FOREIGN KEY(instance_id) REFERENCES instance (id)
);
CREATE TABLE uploaded_media (
	phone_id TEXT NOT NULL, 
	digest TEXT NOT NULL, 
	media_id TEXT NOT NULL, 
	expires_at BIGINT NOT NULL, 
	CONSTRAINT pk_uploaded_media PRIMARY KEY (phone_id, digest)
)
 WITHOUT ROWID

;
CREATE TABLE variation (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	campaign_id INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	text TEXT NOT NULL, 
	weight INTEGER NOT NULL, 
	media TEXT, 
	template TEXT, 
	CONSTRAINT uq_variation_campaign_id_position UNIQUE (campaign_id, position), 
	CONSTRAINT fk_variation_campaign_id_campaign FOREIGN KEY(campaign_id) REFERENCES campaign (id)
);
CREATE TABLE variation_count (
	campaign_id INTEGER NOT NULL, 
	variation_id INTEGER NOT NULL, 
	kind TEXT NOT NULL, 
	n BIGINT NOT NULL, 
	CONSTRAINT pk_variation_count PRIMARY KEY (campaign_id, variation_id, kind)
)
 WITHOUT ROWID

;
CREATE TABLE workspace (
	id INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	revision BIGINT DEFAULT '0' NOT NULL, 
	created_at BIGINT NOT NULL, 
	CONSTRAINT pk_workspace PRIMARY KEY (id)
);
CREATE INDEX ix_event_campaign_id_id ON event (campaign_id, id) WHERE campaign_id IS NOT NULL;
CREATE INDEX ix_event_campaign_id_type_id ON event (campaign_id, type, id) WHERE campaign_id IS NOT NULL;
CREATE INDEX ix_event_consent ON event (contact_id, id) WHERE contact_id IS NOT NULL AND type IN ('opted_out', 'contact_added');
CREATE INDEX ix_event_contact_id_id ON event (contact_id, id) WHERE contact_id IS NOT NULL AND recipient_id IS NULL;
CREATE INDEX ix_event_error ON event (id) WHERE severity = 'error';
CREATE INDEX ix_event_instance_id_id ON event (instance_id, id) WHERE instance_id IS NOT NULL;
CREATE INDEX ix_event_recipient_id_id ON event (recipient_id, id) WHERE recipient_id IS NOT NULL;
CREATE INDEX ix_event_trouble ON event (id) WHERE severity IN ('warning', 'error');
CREATE INDEX ix_event_type_id ON event (type, id);
CREATE INDEX ix_spend_campaign_id ON spend (campaign_id);
CREATE INDEX ix_campaign_tick_instance_id_width_s_tick_s ON campaign_tick (instance_id, width_s, tick_s);
CREATE INDEX ix_receipt_inbox_at ON receipt_inbox (at);
CREATE INDEX ix_receipt_inbox_client_ref ON receipt_inbox (client_ref);
CREATE INDEX ix_campaign_workspace_id_status ON campaign (workspace_id, status);
CREATE INDEX ix_capsule_campaign_id ON capsule (campaign_id);
CREATE INDEX ix_clock_mark_workspace_id ON clock_mark (workspace_id);
CREATE INDEX ix_contact_address ON contact (address) WHERE address IS NOT NULL;
CREATE INDEX ix_instance_portfolio_id ON instance (portfolio_id);
CREATE UNIQUE INDEX uq_instance_name ON instance (workspace_id, name) WHERE removed_at IS NULL;
CREATE INDEX ix_ai_request_campaign_id ON ai_request (campaign_id);
CREATE INDEX ix_ai_request_workspace_id_at ON ai_request (workspace_id, at);
CREATE INDEX ix_campaign_retry_first_id ON campaign_retry (first_id);
CREATE INDEX ix_contact_before_contact_id ON contact_before (contact_id);
CREATE INDEX ix_contact_tag_tag_id_contact_id ON contact_tag (tag_id, contact_id);
CREATE INDEX ix_hook_delivery_due ON hook_delivery (next_try_at) WHERE state = 'waiting';
CREATE INDEX ix_hook_delivery_hook_id_state ON hook_delivery (hook_id, state, id);
CREATE INDEX ix_hook_delivery_recipient_id ON hook_delivery (recipient_id) WHERE recipient_id IS NOT NULL;
CREATE INDEX ix_hook_delivery_state_finished_at ON hook_delivery (state, finished_at);
CREATE INDEX ix_contact_identity_contact_id ON contact_identity (contact_id);
CREATE INDEX ix_opt_out_reply_contact_id ON opt_out_reply (contact_id);
CREATE INDEX ix_opt_out_reply_left ON opt_out_reply (instance_id, started_at) WHERE state IN ('sending', 'sent', 'unsure');
CREATE INDEX ix_opt_out_reply_open ON opt_out_reply (id) WHERE state IN ('due', 'sending');
CREATE INDEX ix_own_text_plan_workspace_id ON own_text_plan (workspace_id);
CREATE INDEX ix_own_text_campaign_id_id ON own_text (campaign_id, id);
CREATE INDEX ix_own_text_campaign_id_state_id ON own_text (campaign_id, state, id);
CREATE INDEX ix_own_text_contact_id ON own_text (contact_id);
CREATE INDEX ix_own_text_workspace_id ON own_text (workspace_id);
CREATE UNIQUE INDEX uq_own_text_open ON own_text (campaign_id, contact_id) WHERE recipient_id IS NULL;
CREATE UNIQUE INDEX uq_own_text_recipient_id ON own_text (recipient_id);
CREATE INDEX ix_recipient_campaign_id_id ON recipient (campaign_id, id);
CREATE INDEX ix_recipient_campaign_id_status_id ON recipient (campaign_id, status, id);
CREATE INDEX ix_recipient_contact_id ON recipient (contact_id);
CREATE INDEX ix_recipient_message_id ON recipient (message_id) WHERE message_id IS NOT NULL;
CREATE INDEX ix_recipient_replied ON recipient (campaign_id, replied_at) WHERE replied_at IS NOT NULL;
CREATE INDEX ix_recipient_retrying ON recipient (campaign_id, next_attempt_at) WHERE status = 'retrying';
CREATE INDEX ix_recipient_unconfirmed ON recipient (sent_at, id) WHERE status IN ('sent', 'delivered');
CREATE INDEX ix_recipient_unsettled ON recipient (status) WHERE status IN ('sending', 'in_doubt');
CREATE INDEX ix_recipient_zone ON recipient (campaign_id, zone, id) WHERE status = 'pending';
CREATE INDEX ix_trial_message_left ON trial_message (instance_id, started_at) WHERE outcome IS NULL OR outcome IN ('accepted', 'unknown');
CREATE INDEX ix_ai_draft_campaign_id ON ai_draft (campaign_id);
CREATE INDEX ix_ai_draft_request_id ON ai_draft (request_id);
CREATE INDEX ix_ai_draft_workspace_id ON ai_draft (workspace_id);
CREATE INDEX ix_attempt_campaign_departures ON attempt (campaign_id, started_at) WHERE outcome IS NULL OR outcome IN ('accepted', 'unknown');
CREATE INDEX ix_attempt_instance_departures ON attempt (instance_id, started_at) WHERE outcome IS NULL OR outcome IN ('accepted', 'unknown');
CREATE INDEX ix_attempt_instance_id_outcome_started_at ON attempt (instance_id, outcome, started_at);
CREATE TRIGGER event_refuse_update BEFORE UPDATE ON event
BEGIN
  SELECT RAISE(ABORT, 'events are immutable');
END;
CREATE TRIGGER event_refuse_delete BEFORE DELETE ON event WHEN OLD.id > (SELECT coalesce(max(through_id), 0) FROM event_anchor)
BEGIN
  SELECT RAISE(ABORT, 'events are immutable');
END;
CREATE TRIGGER event_anchor_refuse_update BEFORE UPDATE ON event_anchor
BEGIN
  SELECT RAISE(ABORT, 'events are immutable');
END;
CREATE TRIGGER event_anchor_refuse_delete BEFORE DELETE ON event_anchor
BEGIN
  SELECT RAISE(ABORT, 'events are immutable');
END;
CREATE TRIGGER event_anchor_refuse_false BEFORE INSERT ON event_anchor WHEN NOT EXISTS
  (SELECT 1 FROM event WHERE id = NEW.through_id AND hash = NEW.hash)
BEGIN
  SELECT RAISE(ABORT, 'an anchor names an event and its hash');
END;
CREATE TRIGGER event_refuse_replace BEFORE INSERT ON event WHEN EXISTS (SELECT 1 FROM event WHERE id = NEW.id)
BEGIN
  SELECT RAISE(ABORT, 'events are immutable');
END;
CREATE TRIGGER event_tick AFTER INSERT ON event WHEN NEW.campaign_id IS NOT NULL
  AND NEW.type IN ('message_sent', 'message_delivered', 'message_read', 'message_failed')
BEGIN
  INSERT INTO campaign_tick (campaign_id, width_s, tick_s, kind, instance_id, n)
    VALUES (NEW.campaign_id, 1, NEW.at / 1000 * 1, substr(NEW.type, 9),
      coalesce(NEW.instance_id, 0), 1)
    ON CONFLICT (campaign_id, width_s, tick_s, kind, instance_id) DO UPDATE SET n = n + 1;
  INSERT INTO campaign_tick (campaign_id, width_s, tick_s, kind, instance_id, n)
    VALUES (NEW.campaign_id, 60, NEW.at / 60000 * 60, substr(NEW.type, 9),
      coalesce(NEW.instance_id, 0), 1)
    ON CONFLICT (campaign_id, width_s, tick_s, kind, instance_id) DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER recipient_count_insert AFTER INSERT ON recipient
BEGIN
  INSERT INTO campaign_count (campaign_id, instance_id, status, n)
    VALUES (NEW.campaign_id, 0, NEW.status, 1)
    ON CONFLICT (campaign_id, instance_id, status) DO UPDATE SET n = n + excluded.n;
  INSERT INTO campaign_count (campaign_id, instance_id, status, n)
    SELECT NEW.campaign_id, NEW.instance_id, NEW.status, 1 WHERE NEW.instance_id IS NOT NULL
    ON CONFLICT (campaign_id, instance_id, status) DO UPDATE SET n = n + excluded.n;
END;
CREATE TRIGGER recipient_count_insert_replied AFTER INSERT ON recipient WHEN NEW.replied_at IS NOT NULL
BEGIN
  INSERT INTO campaign_count (campaign_id, instance_id, status, n)
    VALUES (NEW.campaign_id, 0, 'replied', 1)
    ON CONFLICT (campaign_id, instance_id, status) DO UPDATE SET n = n + excluded.n;
  INSERT INTO campaign_count (campaign_id, instance_id, status, n)
    SELECT NEW.campaign_id, NEW.instance_id, 'replied', 1 WHERE NEW.instance_id IS NOT NULL
    ON CONFLICT (campaign_id, instance_id, status) DO UPDATE SET n = n + excluded.n;
END;
CREATE TRIGGER recipient_count_status AFTER UPDATE OF status, instance_id ON recipient
  WHEN OLD.status <> NEW.status OR OLD.instance_id IS NOT NEW.instance_id
BEGIN
  INSERT INTO campaign_count (campaign_id, instance_id, status, n)
    VALUES (OLD.campaign_id, 0, OLD.status, -1)
    ON CONFLICT (campaign_id, instance_id, status) DO UPDATE SET n = n + excluded.n;
  INSERT INTO campaign_count (campaign_id, instance_id, status, n)
    SELECT OLD.campaign_id, OLD.instance_id, OLD.status, -1 WHERE OLD.instance_id IS NOT NULL
    ON CONFLICT (campaign_id, instance_id, status) DO UPDATE SET n = n + excluded.n;
  INSERT INTO campaign_count (campaign_id, instance_id, status, n)
    VALUES (NEW.campaign_id, 0, NEW.status, 1)
    ON CONFLICT (campaign_id, instance_id, status) DO UPDATE SET n = n + excluded.n;
  INSERT INTO campaign_count (campaign_id, instance_id, status, n)
    SELECT NEW.campaign_id, NEW.instance_id, NEW.status, 1 WHERE NEW.instance_id IS NOT NULL
    ON CONFLICT (campaign_id, instance_id, status) DO UPDATE SET n = n + excluded.n;
END;
CREATE TRIGGER recipient_count_replied AFTER UPDATE OF replied_at, instance_id ON recipient
  WHEN (OLD.replied_at IS NULL) <> (NEW.replied_at IS NULL)
  OR (NEW.replied_at IS NOT NULL AND OLD.instance_id IS NOT NEW.instance_id)
BEGIN
  INSERT INTO campaign_count (campaign_id, instance_id, status, n)
    VALUES (OLD.campaign_id, 0, 'replied', -(OLD.replied_at IS NOT NULL))
    ON CONFLICT (campaign_id, instance_id, status) DO UPDATE SET n = n + excluded.n;
  INSERT INTO campaign_count (campaign_id, instance_id, status, n)
    SELECT OLD.campaign_id, OLD.instance_id, 'replied', -(OLD.replied_at IS NOT NULL) WHERE OLD.instance_id IS NOT NULL
    ON CONFLICT (campaign_id, instance_id, status) DO UPDATE SET n = n + excluded.n;
  INSERT INTO campaign_count (campaign_id, instance_id, status, n)
    VALUES (NEW.campaign_id, 0, 'replied', (NEW.replied_at IS NOT NULL))
    ON CONFLICT (campaign_id, instance_id, status) DO UPDATE SET n = n + excluded.n;
  INSERT INTO campaign_count (campaign_id, instance_id, status, n)
    SELECT NEW.campaign_id, NEW.instance_id, 'replied', (NEW.replied_at IS NOT NULL) WHERE NEW.instance_id IS NOT NULL
    ON CONFLICT (campaign_id, instance_id, status) DO UPDATE SET n = n + excluded.n;
END;
CREATE TRIGGER attempt_count_insert AFTER INSERT ON attempt WHEN NEW.outcome IS NOT NULL
BEGIN
  INSERT INTO attempt_count (campaign_id, instance_id, outcome, code, error_class, number, n)
    SELECT NEW.campaign_id, NEW.instance_id, NEW.outcome, coalesce(NEW.code, ''),
      coalesce(NEW.error_class, ''), NEW.number, 1 WHERE NEW.outcome IS NOT NULL
    ON CONFLICT (campaign_id, instance_id, outcome, code, error_class, number) DO UPDATE SET n = n + excluded.n;
END;
CREATE TRIGGER attempt_count_update AFTER UPDATE OF outcome, code, error_class ON attempt
  WHEN OLD.outcome IS NOT NEW.outcome OR OLD.code IS NOT NEW.code OR OLD.error_class IS NOT NEW.error_class
BEGIN
  INSERT INTO attempt_count (campaign_id, instance_id, outcome, code, error_class, number, n)
    SELECT OLD.campaign_id, OLD.instance_id, OLD.outcome, coalesce(OLD.code, ''),
      coalesce(OLD.error_class, ''), OLD.number, -1 WHERE OLD.outcome IS NOT NULL
    ON CONFLICT (campaign_id, instance_id, outcome, code, error_class, number) DO UPDATE SET n = n + excluded.n;
  INSERT INTO attempt_count (campaign_id, instance_id, outcome, code, error_class, number, n)
    SELECT NEW.campaign_id, NEW.instance_id, NEW.outcome, coalesce(NEW.code, ''),
      coalesce(NEW.error_class, ''), NEW.number, 1 WHERE NEW.outcome IS NOT NULL
    ON CONFLICT (campaign_id, instance_id, outcome, code, error_class, number) DO UPDATE SET n = n + excluded.n;
END;
CREATE TRIGGER attempt_duration AFTER UPDATE OF outcome ON attempt
  WHEN OLD.outcome IS NULL AND NEW.outcome = 'accepted' AND NEW.duration_ms IS NOT NULL
BEGIN
  INSERT INTO attempt_duration (campaign_id, instance_id, bucket_ms, n, total_ms, least_ms, most_ms)
    VALUES (NEW.campaign_id, NEW.instance_id, CASE WHEN NEW.duration_ms < 1000 THEN NEW.duration_ms
      WHEN NEW.duration_ms < 10000 THEN NEW.duration_ms / 10 * 10 ELSE NEW.duration_ms / 100 * 100 END,
      1, NEW.duration_ms, NEW.duration_ms, NEW.duration_ms)
    ON CONFLICT (campaign_id, instance_id, bucket_ms) DO UPDATE SET n = n + 1, total_ms = total_ms + excluded.total_ms,
      least_ms = min(least_ms, excluded.least_ms), most_ms = max(most_ms, excluded.most_ms);
END;
CREATE TRIGGER spend_insert AFTER INSERT ON attempt
BEGIN
  INSERT INTO spend (instance_id, quarter_s, campaign_id, category, market, n, micros, told, told_micros, told_estimate)
    SELECT NEW.instance_id, NEW.started_at / 900000 * 900, NEW.campaign_id, NEW.category,
      NEW.market, 1, NEW.price_micros, (NEW.billed_micros IS NOT NULL), coalesce(NEW.billed_micros, 0),
      (NEW.billed_micros IS NOT NULL) * NEW.price_micros
    WHERE NEW.outcome IS NULL OR NEW.outcome IN ('accepted', 'unknown')
    ON CONFLICT (instance_id, quarter_s, campaign_id, category, market) DO UPDATE SET n = n + excluded.n,
      micros = micros + excluded.micros, told = told + excluded.told, told_micros = told_micros + excluded.told_micros,
      told_estimate = told_estimate + excluded.told_estimate;
END;
CREATE TRIGGER spend_update AFTER UPDATE OF outcome, billed_micros ON attempt
  WHEN OLD.billed_micros IS NOT NEW.billed_micros
  OR (coalesce(OLD.outcome, 'unknown') IN ('accepted', 'unknown'))
  <> (coalesce(NEW.outcome, 'unknown') IN ('accepted', 'unknown'))
BEGIN
  INSERT INTO spend (instance_id, quarter_s, campaign_id, category, market, n, micros, told, told_micros, told_estimate)
    SELECT OLD.instance_id, OLD.started_at / 900000 * 900, OLD.campaign_id, OLD.category,
      OLD.market, -1, -OLD.price_micros, -(OLD.billed_micros IS NOT NULL), -coalesce(OLD.billed_micros, 0),
      -(OLD.billed_micros IS NOT NULL) * OLD.price_micros
    WHERE OLD.outcome IS NULL OR OLD.outcome IN ('accepted', 'unknown')
    ON CONFLICT (instance_id, quarter_s, campaign_id, category, market) DO UPDATE SET n = n + excluded.n,
      micros = micros + excluded.micros, told = told + excluded.told, told_micros = told_micros + excluded.told_micros,
      told_estimate = told_estimate + excluded.told_estimate;
  INSERT INTO spend (instance_id, quarter_s, campaign_id, category, market, n, micros, told, told_micros, told_estimate)
    SELECT NEW.instance_id, NEW.started_at / 900000 * 900, NEW.campaign_id, NEW.category,
      NEW.market, 1, NEW.price_micros, (NEW.billed_micros IS NOT NULL), coalesce(NEW.billed_micros, 0),
      (NEW.billed_micros IS NOT NULL) * NEW.price_micros
    WHERE NEW.outcome IS NULL OR NEW.outcome IN ('accepted', 'unknown')
    ON CONFLICT (instance_id, quarter_s, campaign_id, category, market) DO UPDATE SET n = n + excluded.n,
      micros = micros + excluded.micros, told = told + excluded.told, told_micros = told_micros + excluded.told_micros,
      told_estimate = told_estimate + excluded.told_estimate;
END;
CREATE TRIGGER recipient_variation_sent AFTER UPDATE OF sent_at ON recipient
  WHEN NEW.variation_id IS NOT NULL AND (OLD.sent_at IS NULL) <> (NEW.sent_at IS NULL)
BEGIN
  INSERT INTO variation_count (campaign_id, variation_id, kind, n)
    VALUES (NEW.campaign_id, NEW.variation_id, 'sent', (NEW.sent_at IS NOT NULL) - (OLD.sent_at IS NOT NULL))
    ON CONFLICT (campaign_id, variation_id, kind) DO UPDATE SET n = n + excluded.n;
END;
CREATE TRIGGER recipient_variation_delivered AFTER UPDATE OF delivered_at ON recipient
  WHEN NEW.variation_id IS NOT NULL AND (OLD.delivered_at IS NULL) <> (NEW.delivered_at IS NULL)
BEGIN
  INSERT INTO variation_count (campaign_id, variation_id, kind, n)
    VALUES (NEW.campaign_id, NEW.variation_id, 'delivered', (NEW.delivered_at IS NOT NULL) - (OLD.delivered_at IS NOT NULL))
    ON CONFLICT (campaign_id, variation_id, kind) DO UPDATE SET n = n + excluded.n;
END;
CREATE TRIGGER recipient_variation_read AFTER UPDATE OF read_at ON recipient
  WHEN NEW.variation_id IS NOT NULL AND (OLD.read_at IS NULL) <> (NEW.read_at IS NULL)
BEGIN
  INSERT INTO variation_count (campaign_id, variation_id, kind, n)
    VALUES (NEW.campaign_id, NEW.variation_id, 'read', (NEW.read_at IS NOT NULL) - (OLD.read_at IS NOT NULL))
    ON CONFLICT (campaign_id, variation_id, kind) DO UPDATE SET n = n + excluded.n;
END;
CREATE TRIGGER recipient_variation_replied AFTER UPDATE OF replied_at ON recipient
  WHEN NEW.variation_id IS NOT NULL AND (OLD.replied_at IS NULL) <> (NEW.replied_at IS NULL)
BEGIN
  INSERT INTO variation_count (campaign_id, variation_id, kind, n)
    VALUES (NEW.campaign_id, NEW.variation_id, 'replied', (NEW.replied_at IS NOT NULL) - (OLD.replied_at IS NOT NULL))
    ON CONFLICT (campaign_id, variation_id, kind) DO UPDATE SET n = n + excluded.n;
END;
CREATE TRIGGER recipient_variation_failed AFTER UPDATE OF status ON recipient
  WHEN NEW.variation_id IS NOT NULL AND (OLD.status = 'failed') <> (NEW.status = 'failed')
BEGIN
  INSERT INTO variation_count (campaign_id, variation_id, kind, n)
    VALUES (NEW.campaign_id, NEW.variation_id, 'failed', (NEW.status = 'failed') - (OLD.status = 'failed'))
    ON CONFLICT (campaign_id, variation_id, kind) DO UPDATE SET n = n + excluded.n;
END;
CREATE TRIGGER recipient_count_delete AFTER DELETE ON recipient
BEGIN
  INSERT INTO campaign_count (campaign_id, instance_id, status, n)
    VALUES (OLD.campaign_id, 0, OLD.status, -1)
    ON CONFLICT (campaign_id, instance_id, status) DO UPDATE SET n = n + excluded.n;
  INSERT INTO campaign_count (campaign_id, instance_id, status, n)
    SELECT OLD.campaign_id, OLD.instance_id, OLD.status, -1 WHERE OLD.instance_id IS NOT NULL
    ON CONFLICT (campaign_id, instance_id, status) DO UPDATE SET n = n + excluded.n;
END;
CREATE TRIGGER recipient_count_delete_replied AFTER DELETE ON recipient WHEN OLD.replied_at IS NOT NULL
BEGIN
  INSERT INTO campaign_count (campaign_id, instance_id, status, n)
    VALUES (OLD.campaign_id, 0, 'replied', -1)
    ON CONFLICT (campaign_id, instance_id, status) DO UPDATE SET n = n + excluded.n;
  INSERT INTO campaign_count (campaign_id, instance_id, status, n)
    SELECT OLD.campaign_id, OLD.instance_id, 'replied', -1 WHERE OLD.instance_id IS NOT NULL
    ON CONFLICT (campaign_id, instance_id, status) DO UPDATE SET n = n + excluded.n;
END;
CREATE TRIGGER contact_search_update AFTER UPDATE OF name, custom ON contact
  WHEN OLD.name <> NEW.name OR OLD.custom <> NEW.custom
BEGIN
  INSERT INTO contact_search (contact_search, rowid, body) VALUES ('delete', OLD.id, OLD.name || ' ' || (SELECT coalesce(group_concat(value, ' '), '') FROM json_each(OLD.custom)));
  INSERT INTO contact_search (rowid, body) VALUES (NEW.id, NEW.name || ' ' || (SELECT coalesce(group_concat(value, ' '), '') FROM json_each(NEW.custom)));
END;
CREATE TRIGGER contact_search_delete AFTER DELETE ON contact
BEGIN
  INSERT INTO contact_search (contact_search, rowid, body) VALUES ('delete', OLD.id, OLD.name || ' ' || (SELECT coalesce(group_concat(value, ' '), '') FROM json_each(OLD.custom)));
END;
COMMIT;
