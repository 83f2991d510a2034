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
		Cause:         event.Cause(text(Cause)),
		DeniedAction:  text(DeniedAction),
		PolicyARN:     text(PolicyARN),
		WhyNotTold:    t.contexts.list[r.context].Why.String(),
	}
}
