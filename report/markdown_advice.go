package report

import (
	"cmp"
	"slices"
	"strings"

	"trail403/aggregate"
	"trail403/report/advice"
)

// quarantinePolicy stands for all versions of the policy that AWS attaches to a
// user whose access key was found in public: what to do is the same.
const quarantinePolicy = "arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantineV3"

// alarm says before all else whose access keys are known to be in wrong hands.
func (m *markdown) alarm() {
	var users []string
	denials := 0
	for i := range m.r.Groups {
		g := &m.r.Groups[i]
		for _, c := range g.Causes {
			if !advice.IsQuarantine(c.PolicyARN) {
				continue
			}
			denials += c.Denials
			if name := principalWords(g); !slices.Contains(users, name) {
				users = append(users, name)
			}
		}
	}
	if len(users) == 0 {
		return
	}
	named := strings.Join(users[:min(len(users), maxCauses)], ", ")
	if rest := len(users) - maxCauses; rest > 0 {
		named += " and " + comma(rest) + " more"
	}
	m.printf("\n> **Alarm:** AWS found an access key of %s in public and put it under quarantine, which refused %s. Treat the key as stolen; see What to do.\n",
		named, plural(denials, "request"))
}

// advice prints once for each cause what it means and what to do. The texts are
// the general ones: which names to fill in stands in the tables above, and
// `explain` fills them in for one denial.
func (m *markdown) advice() {
	causes := mergeCauses(m.r.Causes, func(c aggregate.Cause) aggregate.Cause {
		arn := ""
		if advice.IsQuarantine(c.PolicyARN) {
			arn = quarantinePolicy
		}
		return aggregate.Cause{Cause: c.Cause, WhyNotTold: c.WhyNotTold, PolicyARN: arn}
	})
	if len(causes) == 0 {
		return
	}
	// An alarm is never cut off, however few denials it has.
	slices.SortStableFunc(causes, func(a, b aggregate.Cause) int {
		return cmp.Compare(b.PolicyARN, a.PolicyARN)
	})
	m.printf("\n## What to do\n")
	top := m.top(len(causes))
	for _, c := range causes[:top] {
		a := advice.General(c.Cause, c.WhyNotTold)
		if c.PolicyARN != "" {
			a = advice.For(advice.Case{Cause: c.Cause, PolicyARN: c.PolicyARN})
		}
		if a.Alarm {
			m.printf("\n### AWS has put the user under quarantine `%s`\n\n", policyName(c.PolicyARN))
		} else {
			m.printf("\n### %s\n\n", causeAndID(c))
		}
		m.printf("%s Fix is with: %s.\n\n", a.Meaning, a.OwnerText)
		for i, step := range a.NextSteps {
			m.printf("%d. %s\n", i+1, step)
		}
	}
	if top < len(causes) {
		m.printf("\nNot shown: %s. `--top 0` shows all.\n", plural(len(causes)-top, "cause"))
	}
	m.printf("\nS3 names one refusal at a time: repeat the call after a fix, the next may show. `trail403 explain` says the same for one denial, with its names filled in.\n")
}
