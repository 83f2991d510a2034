package aggregate

import (
	"trail403/aggregate/filter"
	"trail403/ingest/event"
)

// Exclusion says what filters or a rule left out. That of the filters has
// neither a file nor a line.
type Exclusion struct {
	File    string
	Line    int
	Rule    string // the rule, or the filters as flags
	Why     string
	Until   string // the last day on which the rule applies, or ""
	Expired bool   // so the rule took nothing
	Denials int
}

// exclude drops the rows that the selection leaves out. It works on what stayed
// of duplicates, and on principals by the names that are shown, so that all
// denials of one principal fare alike.
func (t *table) exclude(s *filter.Selection) (list []Exclusion) {
	rules := 0 // where those of rules begin
	if flags := s.Only.String(); flags != "" {
		list, rules = append(list, Exclusion{Rule: flags}), 1
	}
	for _, r := range s.Rules {
		list = append(list, Exclusion{File: r.File, Line: r.Line, Rule: r.Text, Why: r.Why, Until: r.Until, Expired: r.Expired})
	}
	if s.IsAll() {
		return list
	}
	type key struct{ principal, action, bucket, account, cause, policy, recipient uint32 }
	excludes := map[key]int{}
	t.each(func(r *row) {
		k := key{t.names[r.text[principal]], r.text[action], r.text[bucket], r.text[bucketAccount], r.text[cause], r.text[policyARN], r.text[recipient]}
		by, ok := excludes[k]
		if !ok {
			text := t.strings.text
			by = s.Excludes(&filter.Denial{
				Principal: text(k.principal), Action: text(k.action), Bucket: text(k.bucket),
				BucketAccount: text(k.account), Cause: text(k.cause), PolicyARN: text(k.policy), Recipient: text(k.recipient),
			})
			excludes[k] = by
		}
		switch by {
		case filter.Nothing:
			return
		case filter.TheFilters:
			list[0].Denials++
		default:
			list[rules+by].Denials++
		}
		r.flags |= dropped
	})
	return list
}

// spare tells denials that will be excluded. It is used by one goroutine.
type spare struct {
	selection *filter.Selection
	known     map[filter.Denial]bool
}

// maxKnown bounds what a spare remembers.
const maxKnown = 4096

// has says of a denial whether it will certainly be excluded. A nil spare has
// none.
func (s *spare) has(d *event.Denial) bool {
	if s == nil {
		return false
	}
	k := filter.Denial{
		Principal: d.Principal, Action: d.Action, Bucket: d.Bucket,
		BucketAccount: d.BucketAccount, Cause: string(d.Cause), PolicyARN: d.PolicyARN, Recipient: d.Recipient,
	}
	will, ok := s.known[k]
	if !ok {
		if len(s.known) >= maxKnown {
			clear(s.known)
		}
		if s.known == nil {
			s.known = map[filter.Denial]bool{}
		}
		will = s.selection.WillExclude(&k)
		s.known[k] = will
	}
	return will
}
