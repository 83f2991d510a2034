package report

import (
	"strings"

	"trail403/aggregate"
	"trail403/ingest"
)

// maxCauses is how many causes the headline names.
const maxCauses = 3

// headline says in a few lines what a tired person must know.
func (m *markdown) headline() {
	if m.r.Totals.Denials == 0 {
		m.nothing()
	} else {
		m.numbers()
	}
	m.alarm()
	m.leftOut()
	if o := &m.r.Coverage.Objects; o.Failed > 0 {
		m.printf("\n> **Incomplete:** %s of %s could not be read; their denials are missing here. They are named under Coverage.\n",
			comma(o.Failed), plural(o.Listed, "object"))
	}
	for _, w := range m.r.Warnings {
		m.printf("\n> **Note:** %s\n", sentence(w))
	}
}

// nothing is the headline of a report without denials: was there really none?
func (m *markdown) nothing() {
	rec := &m.r.Coverage.Records
	m.printf("# S3 access denied: no denials\n\n")
	switch {
	case rec.Seen == 0 && m.r.Coverage.Objects.Skipped[ingest.SkipOutsideWindow] > 0:
		m.printf("No CloudTrail record was read: %s delivered outside the window%s.\n",
			wereDelivered(m.r.Coverage.Objects.Skipped[ingest.SkipOutsideWindow]), period(m.r.Window))
	case rec.Seen == 0:
		m.printf("No CloudTrail record was read, so this says nothing about S3.\n")
	case rec.Excluded > 0:
		m.printf("No denial is left%s: filters and rules leave out %s.\n", period(m.r.Window), comma(rec.Excluded))
	case rec.OutsideWindow > 0:
		m.printf("S3 refused nobody%s. %s outside this window.\n", period(m.r.Window), lie(rec.OutsideWindow))
	default:
		m.printf("S3 refused nobody%s: none of %s is an S3 denial.\n", period(m.r.Window), plural(rec.Seen, "record"))
	}
}

func wereDelivered(objects int) string {
	if objects == 1 {
		return "1 object was"
	}
	return comma(objects) + " objects were"
}

func lie(denials int) string {
	if denials == 1 {
		return "1 denial lies"
	}
	return comma(denials) + " denials lie"
}

func (m *markdown) numbers() {
	t := m.r.Totals
	m.printf("# S3 access denied: %s\n\n", plural(t.Denials, "denial"))
	m.printf("S3 refused **%s**", plural(t.Principals, "principal"))
	if t.Buckets > 0 {
		m.printf(" on **%s**", plural(t.Buckets, "bucket"))
	}
	m.printf("%s: %s of principal, action and bucket.\n\n", period(m.r.Window), plural(t.Groups, "group"))
	if n := len(m.r.Incidents); n > 0 {
		m.printf("- **Incidents:** %s; groups that began or jumped together and share what explains them\n", comma(n))
	}
	if counts := m.changeCounts(); counts != "" {
		m.printf("- **What changed:** %s\n", counts)
	}
	if len(m.r.Groups) > 0 {
		g := &m.r.Groups[0]
		m.printf("- **Largest group:** %s, %s: %s (%s), first %s, last %s UTC\n", principalWords(g), actionOnBucket(g),
			plural(g.Denials, "denial"), percent(g.Denials, t.Denials), minute(g.FirstSeen), minute(g.LastSeen))
	}
	causes := mergeCauses(m.r.Causes, func(c aggregate.Cause) aggregate.Cause {
		return aggregate.Cause{Cause: c.Cause, WhyNotTold: c.WhyNotTold}
	})
	var shares []string
	for _, c := range causes[:min(len(causes), maxCauses)] {
		shares = append(shares, causeWords(c)+" ("+percent(c.Denials, t.Denials)+")")
	}
	switch len(shares) {
	case 0:
	case 1:
		m.printf("- **Main cause:** %s\n", shares[0])
	default:
		m.printf("- **Main causes:** %s\n", strings.Join(shares, ", "))
	}
}
