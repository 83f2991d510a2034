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
		Message:       d.Text(),
		Principal:     name,
		PrincipalType: identity.TypeOf(name),
		CallerAccount: identity.AccountOf(name),
		HasARN:        t.contexts.list[r.context].flags&hasARN != 0,
		Action:        text(Action),
		Bucket:        text(Bucket),
		BucketAccount: text(BucketAccount),
		Key:           d.Key(),
		Session:       d.Session(),
		CallerARN:     d.Caller(),
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

// Request returns the denial of a row as its own record has it: the principal is not the
// name that is shown.
func (t *Table) Request(r *Row) *event.Denial {
	d := t.Denial(r)
	d.Principal = t.Text(t.Number(r, Principal))
	return d
}

// PrefixLevels returns up to which slash prefixes of object keys are kept for the rows of
// a context, if the table still holds what it keeps beside them.
func (t *Table) PrefixLevels(context uint32) int {
	if b := t.besides[t.contexts.list[context].group()]; b != nil {
		return maxLevels - b.keys.fewer
	}
	return 0
}

// Prefix returns how the object key of a row begins, up to a slash. ok is false if the
// row has no key, or none that is kept.
func (t *Table) Prefix(r *Row, levels int) (prefix string, ok bool) {
	if r.keyPrefix == 0 {
		return "", false
	}
	if prefix = prefixAt(t.Text(r.keyPrefix), levels); prefix == topLevel {
		prefix = ""
	}
	return prefix, true
}

// Alike is what requests have alike that conditions compare, but for their times and
// object keys.
type Alike struct{ context, credentials, call, issued, sourceIP uint32 }

// Alike returns what the row has alike with others.
func (r *Row) Alike() Alike { return Alike{r.context, r.credentials, r.call, r.issued, r.sourceIP} }

// Credentials returns the kind of the credentials of a row.
func (t *Table) Credentials(r *Row) string {
	c := t.conditions(r)
	return c.Kind()
}

// conditions returns what the record of a row showed of what conditions compare.
func (t *Table) conditions(r *Row) (c event.Context) {
	cred := &t.credentials.list[r.credentials]
	c.TokenIssued, c.RoleNamed, c.HasSession = int64(r.issued), cred.roleNamed, cred.hasSession
	c.FromConsole = cred.fromConsole
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
