package file

import "trail403/ingest/event"

// A part is a part of a row group that is read at once.
type part int

const (
	forReport part = iota // all that a report counts and judges
	forShow               // what only examples show
	forRecord             // the record
)

// textColumn is a column of texts. It holds a field of each kind that has the function.
type textColumn struct {
	name   string
	part   part
	unique bool // most rows have a value of their own, so that a dictionary would not help
	own    bool // it gets memory of its own, because few are kept; others may share that of a page
	row    func(*row) *string
	denial func(*event.Denial) *string
	change func(*event.Change) *string
	key    func(*event.KeyUse) *string
}

// of returns the field of a row that the column holds, or nil.
func (c *textColumn) of(r *row) *string {
	if r.kind == keys && c.key != nil {
		return c.key(&r.key)
	}
	return fieldOf(r, c.row, c.denial, c.change)
}

type (
	den = event.Denial
	cha = event.Change
)

// textColumns are the columns of texts, in the order of their parts.
func textColumns() []textColumn {
	return append(append(sharedTexts(), denialTexts()...), contextTexts()...)
}

// sharedTexts are the columns that several kinds have, or that only changes have.
func sharedTexts() []textColumn {
	return []textColumn{
		{name: "kind", row: func(r *row) *string { return &r.kindText }},
		{name: "service", row: func(r *row) *string { return &r.service }},
		{name: "object", row: func(r *row) *string { return &r.place.Object.Name }},
		{name: "event_id", unique: true,
			denial: func(d *den) *string { return &d.EventID }, change: func(c *cha) *string { return &c.EventID }},
		{name: "shared_event_id", unique: true,
			denial: func(d *den) *string { return &d.SharedEventID }, change: func(c *cha) *string { return &c.SharedEventID }},
		{name: "original_event_id",
			denial: func(d *den) *string { return &d.OriginalEventID },
			change: func(c *cha) *string { return &c.OriginalEventID }},
		{name: "event_source",
			denial: func(d *den) *string { return &d.Source }, change: func(c *cha) *string { return &c.Source }},
		{name: "event_name",
			denial: func(d *den) *string { return &d.Name }, change: func(c *cha) *string { return &c.Name }},
		{name: "region",
			denial: func(d *den) *string { return &d.Region }, change: func(c *cha) *string { return &c.Region }},
		{name: "principal",
			denial: func(d *den) *string { return &d.Principal }, change: func(c *cha) *string { return &c.Actor }},
		{name: "principal_type",
			denial: func(d *den) *string { return &d.PrincipalType }, change: func(c *cha) *string { return &c.ActorType }},
		{name: "principal_account",
			denial: func(d *den) *string { return &d.CallerAccount }, change: func(c *cha) *string { return &c.ActorAccount }},
		{name: "recipient_account",
			denial: func(d *den) *string { return &d.Recipient }, change: func(c *cha) *string { return &c.Account }},
		{name: "source_ip",
			denial: func(d *den) *string { return &d.SourceIP }, change: func(c *cha) *string { return &c.SourceIP }},
		{name: "user_agent",
			denial: func(d *den) *string { return &d.UserAgent }, change: func(c *cha) *string { return &c.UserAgent }},
		{name: "bucket",
			denial: func(d *den) *string { return &d.Bucket }, key: func(k *event.KeyUse) *string { return &k.Bucket }},
		{name: "kms_key",
			denial: func(d *den) *string { return &d.KMSKey }, key: func(k *event.KeyUse) *string { return &k.Key }},
		{name: "session",
			denial: func(d *den) *string { return &d.Session }, change: func(c *cha) *string { return &c.Session }},
		{name: "targets", unique: true, row: func(r *row) *string { return &r.targets }},
		{name: "documents", unique: true, row: func(r *row) *string { return &r.documents }},
		{name: "record", part: forRecord, unique: true, row: func(r *row) *string { return &r.record }},
	}
}

// denialTexts are the columns that only denials have.
func denialTexts() []textColumn {
	return []textColumn{
		{name: "error_code", denial: func(d *den) *string { return &d.ErrorCode }},
		{name: "action", denial: func(d *den) *string { return &d.Action }},
		{name: "bucket_account", denial: func(d *den) *string { return &d.BucketAccount }},
		{name: "bucket_behind", denial: func(d *den) *string { return &d.Behind }},
		{name: "object_key", unique: true, own: true, denial: func(d *den) *string { return &d.Key }},
		{name: "vpc_endpoint", denial: func(d *den) *string { return &d.VPCEndpoint }},
		{name: "cause", denial: func(d *den) *string { return (*string)(&d.Cause) }},
		{name: "denied_action", denial: func(d *den) *string { return &d.DeniedAction }},
		{name: "policy_arn", denial: func(d *den) *string { return &d.PolicyARN }},
		{name: "why_not_told", denial: func(d *den) *string { return &d.WhyNotTold }},
		{name: "message", part: forShow, unique: true, own: true, denial: func(d *den) *string { return &d.Message }},
		{name: "request_id", part: forShow, unique: true, own: true, denial: func(d *den) *string { return &d.RequestID }},
		{name: "caller_arn", part: forShow, denial: func(d *den) *string { return &d.CallerARN }},
	}
}

// contextTexts are the columns of what conditions compare.
func contextTexts() []textColumn {
	return []textColumn{
		{name: "unique_id", denial: func(d *den) *string { return &d.Context.UniqueID }},
		{name: "user_name", denial: func(d *den) *string { return &d.Context.UserName }},
		{name: "federated_user", denial: func(d *den) *string { return &d.Context.FederatedUser }},
		{name: "invoked_by", denial: func(d *den) *string { return &d.Context.InvokedBy }},
		{name: "mfa", denial: func(d *den) *string { return &d.Context.MFA }},
		{name: "source_identity", denial: func(d *den) *string { return &d.Context.SourceIdentity }},
		{name: "identity_provider", denial: func(d *den) *string { return &d.Context.Provider }},
		{name: "role_delivery", denial: func(d *den) *string { return &d.Context.RoleDelivery }},
		{name: "tls_version", denial: func(d *den) *string { return &d.Context.TLSVersion }},
		{name: "authentication_type", denial: func(d *den) *string { return &d.Context.AuthenticationType }},
		{name: "signature_version", denial: func(d *den) *string { return &d.Context.SignatureVersion }},
		{name: "acl", denial: func(d *den) *string { return &d.Context.ACL }},
		{name: "encryption", denial: func(d *den) *string { return &d.Context.Encryption }},
		{name: "encryption_key", denial: func(d *den) *string { return &d.Context.EncryptionKey }},
		{name: "storage_class", denial: func(d *den) *string { return &d.Context.StorageClass }},
		{name: "copy_source", denial: func(d *den) *string { return &d.Context.CopySource }},
		{name: "version_id", denial: func(d *den) *string { return &d.Context.VersionID }},
		{name: "delimiter", denial: func(d *den) *string { return &d.Context.Delimiter }},
		{name: "max_keys", denial: func(d *den) *string { return &d.Context.MaxKeys }},
		{name: "prefix", denial: func(d *den) *string { return &d.Context.Prefix }},
	}
}
