package rows

import (
	"slices"
	"time"

	"trail403/ingest/event"
	"trail403/ingest/identity"
)

// Sorted returns the rows that count, by time and event id.
func (t *Table) Sorted() []*Row {
	var list []*Row
	t.Each(func(r *Row) { list = append(list, r) })
	slices.SortFunc(list, t.CompareRows)
	return list
}

// Denial turns a row back into a denial. Only the fields that a report shows are
// filled.
func (t *Table) Denial(r *Row) *event.Denial {
	text := func(c Column) string { return t.Text(t.Number(r, c)) }
	d := t.Detail(r)
	name := t.strings.text(t.Shown(r))
	return &event.Denial{
		EventID:       t.EventID(r),
		Time:          time.UnixMicro(r.Micros).UTC(),
		Source:        text(EventSource),
		Name:          text(EventName),
		Region:        text(Region),
		ErrorCode:     text(ErrorCode),
		Message:       d.Message(),
		Principal:     name,
		PrincipalType: identity.TypeOf(name),
		CallerAccount: identity.AccountOf(name),
		HasARN:        t.contexts.list[r.context].flags&hasARN != 0,
		Action:        text(Action),
		Bucket:        text(Bucket),
		BucketAccount: text(BucketAccount),
		Key:           d.Key(),
		Session:       d.Session(),
		RequestID:     d.Request(),
		Place:         t.Place(r),
		Recipient:     text(Recipient),
		SourceIP:      text(SourceIP),
		UserAgent:     text(UserAgent),
		VPCEndpoint:   text(VPCEndpoint),
		KMSKey:        text(KMSKey),
		Context:       t.conditions(r),
		Cause:         event.Cause(text(Cause)),
		DeniedAction:  text(DeniedAction),
		PolicyARN:     text(PolicyARN),
		WhyNotTold:    t.contexts.list[r.context].Why.String(),
	}
}

// conditions returns what the record of a row showed of what conditions compare.
func (t *Table) conditions(r *Row) (c event.Context) {
	cred := &t.credentials.list[r.credentials]
	c.TokenIssued, c.RoleNamed, c.HasSession = int64(r.issued), cred.roleNamed, cred.hasSession
	for i, s := range textsOfCredentials(&c.Credentials) {
		*s = t.Text(cred.text[i])
	}
	how := &t.calls.list[r.call]
	c.Encrypted, c.HasParameters, c.HasPrefix = how.encrypted, how.hasParameters, how.hasPrefix
	for i, s := range textsOfCall(&c.Call) {
		*s = t.Text(how.text[i])
	}
	return c
}
