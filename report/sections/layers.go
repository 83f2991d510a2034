package sections

import (
	"trail403/aggregate"
	"trail403/ingest/event"
	"trail403/report/page"
	"trail403/report/words"
)

// layers says where one reason took the place of another.
func (s *sections) layers() {
	first := true
	for i := range s.r.Groups {
		g := &s.r.Groups[i]
		for _, l := range g.Layers {
			if first {
				s.Heading(2, "Next layers")
				s.Paragraph("One reason disappeared and another took its place, " +
					"usually one that had been there all along.")
			}
			first = false
			s.Bullet(words.Principal(g) + ", " + actionOnBucket(g) + ": until " +
				words.Moment(l.Until, s.r.Window) + " " + words.Cause(l.From) +
				"; since " + words.Moment(l.At, s.r.Window) + " " + words.Cause(l.To) + mayBeNew(l))
		}
	}
}

// mayBeNew says where the second reason was not hidden by the first: AWS looks for a
// Deny in all policies before it looks for an Allow.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
func mayBeNew(l aggregate.Layer) page.Text {
	if l.From.Cause.Effect() == event.Implicit && l.To.Cause.Effect() == event.Explicit {
		return ". AWS reports a Deny before a missing Allow, so this Deny may be new"
	}
	return ""
}
