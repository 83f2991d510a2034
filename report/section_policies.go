package report

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"trail403/aggregate"
	"trail403/ingest/denial"
	"trail403/report/advice"
	"trail403/report/page"
)

const (
	// maxAdvised is how many policies are explained, the first to fix.
	maxAdvised = 5
	// maxPolicies is how many stand in the table, unless all do.
	maxPolicies = 15
	// maxThings is how many principals, buckets and actions are named of one.
	maxThings = 3
)

// policies writes what to look at, and perhaps to change, in which order.
func (s *sections) policies() {
	ranked := s.ranked()
	if len(ranked) == 0 {
		return
	}
	s.Heading(2, "Policies to fix")
	s.Paragraph("First what still refuses and a known change began, then what still refuses, then what was quiet of late; each by denials.")
	top := len(ranked)
	if s.o.Top > 0 {
		top = min(top, s.o.Top, maxPolicies)
	}
	s.Table(page.Table{
		Columns: []page.Column{
			denialsColumn,
			{Title: "Share", Right: true},
			{Title: "Policy", Min: 34},
			{Title: "How", Min: 8, Rank: 1},
			{Title: "Refuses", Min: 36},
			{Title: "Seen (UTC)", Fixed: true, Rank: 2},
			{Title: "Owner", Rank: 3},
		},
		Rows: func(yield func([]page.Text) bool) {
			for _, p := range ranked[:top] {
				if !yield([]page.Text{comma(p.Denials), percent(p.Denials, s.r.Totals.Denials), policyTitle(p), howWords(p), refuses(p),
					seenBetween(p.FirstSeen, p.LastSeen, s.r.Window), ownerWords[p.Owner]}) {
					return
				}
			}
		},
	})
	rest := 0
	for _, p := range ranked[top:] {
		rest += p.Denials
	}
	if top < len(ranked) {
		s.Paragraph("Not shown: " + comma(len(ranked)-top) + " more, with " + plural(rest, "denial") +
			" (" + percent(rest, s.r.Totals.Denials) + "). " + page.Code("--top 0") + " shows all.")
	}
	for _, p := range s.quarantines() {
		s.Paragraph("Not to fix: " + policyTitle(p) + ", with " + plural(p.Denials, "denial") + ". It is an alarm; do NOT detach it.")
	}
}

// eachPolicy writes what the first policies mean and what to do about them. What is
// the same for several stands once.
func (s *sections) eachPolicy() {
	list := s.toFix()
	if len(list) == 0 {
		return
	}
	s.Heading(2, "What to do")
	fixes := make([]fix, len(list))
	first := map[string]int{} // the number of the first with this advice
	for i, p := range list {
		fixes[i] = s.fixOf(p)
		if key := fixes[i].key; first[key] == 0 {
			first[key] = i + 1
		}
	}
	for i := range fixes {
		if s.upward {
			i = len(fixes) - 1 - i
		}
		s.policy(i+1, &fixes[i], first[fixes[i].key])
	}
	s.Paragraph("S3 names one refusal at a time: repeat the call after a fix, the next may show. A denial may be right. " +
		page.Code("trail403 explain") + " says what to do about any other.")
}

// ranked returns the policies in the order in which people should look at them:
// those that still refuse, of incidents with a known change before others; then
// those that were quiet of late. Within each it is the order of the result, by
// denials. Alarms are not among them. It is found once; nobody changes it.
func (s *sections) ranked() []*aggregate.Policy {
	if s.policyOrder == nil {
		s.policyOrder = s.rank()
	}
	return s.policyOrder
}

func (s *sections) rank() []*aggregate.Policy {
	explained := s.explained()
	list := make([]*aggregate.Policy, 0, len(s.r.Policies))
	turn := map[*aggregate.Policy]int{}
	for i := range s.r.Policies {
		p := &s.r.Policies[i]
		if advice.IsQuarantine(p.ARN) {
			continue
		}
		list = append(list, p)
		switch {
		case !s.isLive(p.LastSeen):
			turn[p] = 3
		case slices.ContainsFunc(explained, func(g *aggregate.Group) bool {
			return slices.ContainsFunc(g.Causes, func(c aggregate.Cause) bool { return p.Refuses(g, &c) })
		}):
			turn[p] = 1
		default:
			turn[p] = 2
		}
	}
	slices.SortStableFunc(list, func(a, b *aggregate.Policy) int { return cmp.Compare(turn[a], turn[b]) })
	return list
}

// toFix returns the policies to explain: the first where there is something to
// fix, which refused scanners are not. Where all is shown, they are followed by
// one of each cause that is not among them. It is found once; nobody changes it.
func (s *sections) toFix() []*aggregate.Policy {
	if s.fixList == nil {
		s.fixList = s.chooseFixes(s.ranked())
	}
	return s.fixList
}

func (s *sections) chooseFixes(ranked []*aggregate.Policy) []*aggregate.Policy {
	list := []*aggregate.Policy{}
	most := s.top(maxAdvised)
	explained := map[string]bool{}
	for _, p := range ranked {
		if len(list) >= most && s.o.Top > 0 {
			break
		}
		a, key := adviceFor(s.caseOf(p))
		if a.Owner == advice.Nobody || len(list) >= most && explained[key] {
			continue
		}
		explained[key] = true
		list = append(list, p)
	}
	return list
}

// adviceFor returns the advice for a case, and what is the same for all cases that
// get the same, but for names.
func adviceFor(c advice.Case) (a advice.Advice, key string) {
	a = advice.For(c)
	key = advice.General(c.Cause, c.WhyNotTold).Meaning
	if a.Alarm || c.Probing || strings.HasPrefix(c.DeniedAction, "kms:") {
		key = a.Refused + key
	}
	return a, key
}

// A fix is what to say of a policy.
type fix struct {
	policy *aggregate.Policy
	groups []*aggregate.Group // that it refuses
	hints  []advice.Hint
	c      advice.Case
	advice advice.Advice
	key    string // what is the same for all that get the same advice, but for names
}

func (s *sections) fixOf(p *aggregate.Policy) fix {
	f := fix{policy: p, groups: s.refusedBy(p), c: s.caseOf(p)}
	f.hints = s.remarks(f.groups)
	if mayBeMissing(f.hints) {
		f.c.EventName = "GetObject" // then the advice knows, too
	}
	f.c.Probing = slices.ContainsFunc(f.hints, func(h advice.Hint) bool { return h.ID == "enumeration" })
	f.advice, f.key = adviceFor(f.c)
	return f
}

// policy writes what the nth policy means and what to do, or that it is the same
// as for the first of its kind.
func (s *sections) policy(n int, f *fix, first int) {
	s.Heading(3, comma(n)+". "+policyTitle(f.policy))
	s.policyFacts(f.policy, f.groups)
	for _, h := range f.hints {
		if h.ID != "enumeration" || !f.c.Probing { // the advice says it
			s.Bullet(page.Bold(page.Text(h.Text)))
		}
	}
	if first < n {
		s.Bullet(page.Bold("Fix is with:") + " " + page.Quoted(f.advice.OwnerText) + "; what to do is the same as for " + comma(first))
	} else {
		s.advise(f)
	}
}

// advise writes what a policy means, whose it is, and the next steps.
func (s *sections) advise(f *fix) {
	s.Bullet(page.Bold("Meaning:") + " " + page.Quoted(f.advice.Meaning))
	if len(f.policy.Causes) > 1 {
		s.Bullet(page.Bold("How:") + " " + howWords(f.policy) + "; the steps are for the first")
	}
	s.Bullet(page.Bold("Fix is with:") + " " + page.Quoted(f.advice.OwnerText))
	for _, step := range f.advice.NextSteps {
		s.Step(page.Quoted(step))
	}
}

// policyFacts says whom a policy refuses what, since when, and what else is known.
func (s *sections) policyFacts(p *aggregate.Policy, groups []*aggregate.Group) {
	facts := page.Bold(plural(p.Denials, "denial")) + ", " + seenBetween(p.FirstSeen, p.LastSeen, s.r.Window) + ": "
	facts += names(&p.Actions, maxThings, page.Name) + " by " + names(&p.Who, maxThings, callerWords)
	if p.Buckets > 0 {
		facts += " on " + names(&p.Where, maxThings, page.Name)
	}
	if n := s.incidentOf(groups); n > 0 {
		s.Bullet(facts + "; see Incident" + space + comma(n))
		return
	}
	s.Bullet(facts)
	if from := fromWords(groups); from != "" && p.PrincipalType != "service" {
		s.Bullet(page.Bold("Callers:") + " " + from)
	}
}

// refusedBy returns the groups that a policy refuses.
func (s *sections) refusedBy(p *aggregate.Policy) (list []*aggregate.Group) {
	for i := range s.r.Groups {
		g := &s.r.Groups[i]
		if slices.ContainsFunc(g.Causes, func(c aggregate.Cause) bool { return p.Refuses(g, &c) }) {
			list = append(list, g)
		}
	}
	return list
}

// incidentOf returns the number of the incident that most of the groups belong
// to, if it is one that is shown; else 0.
func (s *sections) incidentOf(groups []*aggregate.Group) int {
	counts := map[string]int{}
	for _, g := range groups {
		counts[g.IncidentID]++
	}
	for i := range s.r.Incidents[:s.top(len(s.r.Incidents))] {
		if 2*counts[s.r.Incidents[i].ID] > len(groups) {
			return i + 1
		}
	}
	return 0
}

// remarked are the hints that the advice on a cause does not give anyway.
var remarked = []string{"403-is-404", "enumeration"}

// isRemarked says whether a policy's groups have a hint worth a line.
func isRemarked(g *aggregate.Group, h advice.Hint) bool {
	if h.ID == "service-delivery" { // which the advice gives where no reason is told
		return len(g.Causes) > 0 && g.Causes[0].WhyNotTold != denial.WhyAWSService
	}
	return slices.Contains(remarked, h.ID)
}

// remarks returns the hints that hold for most denials of the groups.
func (s *sections) remarks(groups []*aggregate.Group) (list []advice.Hint) {
	patterns := patternsOf(s.r)
	counts := map[advice.Hint]int{}
	all := 0
	for _, g := range groups {
		all += g.Denials
		for _, h := range advice.Hints(g, patterns[g.IncidentID]) {
			if counts[h] == 0 && isRemarked(g, h) {
				list = append(list, h)
			}
			counts[h] += g.Denials
		}
	}
	return slices.DeleteFunc(list, func(h advice.Hint) bool { return 2*counts[h] <= all })
}

// mayBeMissing says whether it may be the objects that are to fix.
func mayBeMissing(remarks []advice.Hint) bool {
	return slices.ContainsFunc(remarks, func(h advice.Hint) bool { return h.ID == "403-is-404" })
}

// caseOf returns what is known of all denials of a policy. Its texts stand in
// sentences, where Markdown would act: a name that is more than a plain one stays
// out of them.
func (s *sections) caseOf(p *aggregate.Policy) advice.Case {
	c := advice.Case{
		Cause: p.Cause, WhyNotTold: p.WhyNotTold, PolicyARN: plainName(p.ARN), PrincipalType: p.PrincipalType,
		VPCEndpoint: plainName(p.VPCEndpoint), Resource: plainName(p.KMSKey),
	}
	if p.Principals == 1 && len(p.Who.List) > 0 {
		c.Principal = plainName(p.Who.List[0].Value)
	}
	if p.Buckets == 1 && len(p.Where.List) > 0 {
		bucket := p.Where.List[0].Value
		c.Bucket, c.BucketAccount = plainName(bucket), plainName(s.bucketAccount(bucket))
	}
	var kms []string
	for _, a := range p.Actions.List {
		if strings.HasPrefix(a.Value, "kms:") {
			kms = append(kms, plainName(a.Value))
		}
	}
	n := len(p.Actions.List)
	switch {
	case n == 1:
		c.DeniedAction = plainName(p.Actions.List[0].Value)
	case n > 0 && len(kms) == n: // a key has to let all of them
		c.DeniedAction = strings.Join(kms, ",")
	}
	if p.Buckets > 0 && c.Bucket == "" && c.Resource == "" {
		c.Resource = "arn:aws:s3:::BUCKET" // not one name, but no call on an account either
	}
	if n > 0 && c.DeniedAction != "s3:ListBucket" { // which calls mean more for, see mayBeMissing
		c.EventName = p.Actions.List[0].Value // there are records, not only messages
	}
	return c
}

// bucketAccount returns the account of a bucket as the largest group has it that
// knows it.
func (s *sections) bucketAccount(bucket string) string {
	if s.owners == nil {
		s.owners = map[string]string{}
		for i := range s.r.Groups {
			if g := &s.r.Groups[i]; s.owners[g.Bucket] == "" {
				s.owners[g.Bucket] = g.BucketAccount
			}
		}
	}
	return s.owners[bucket]
}

// plainName returns a name in which no character means anything in Markdown, and
// which nothing takes for an address; "" for any other.
func plainName(s string) string {
	isWord := func(c byte) bool {
		return c < unicode.MaxASCII && (unicode.IsLetter(rune(c)) || unicode.IsDigit(rune(c)))
	}
	for i := range len(s) {
		switch c := s[i]; {
		case isWord(c):
		case strings.IndexByte("-.:/_", c) >= 0 && i > 0 && (isWord(s[i-1]) || c == ':') && (c == ':' || i+1 < len(s) && isWord(s[i+1])):
		default:
			return ""
		}
	}
	if strings.Contains(s, "://") || strings.Contains(strings.ToLower(s), "www.") {
		return ""
	}
	return s
}
