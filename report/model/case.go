package model

import (
	"strings"

	"trail403/aggregate"
	"trail403/report/advice"
	"trail403/report/words"
)

// caseOf returns what is known of all denials of a policy. Its texts appear in
// sentences, where Markdown would act: a name that is more than a plain one stays
// out of them.
func (b *builder) caseOf(p *aggregate.Policy) advice.Case {
	c := advice.Case{
		Cause: p.Cause, WhyNotTold: p.WhyNotTold, PolicyARN: words.Plain(p.ARN), PrincipalType: p.PrincipalType,
		VPCEndpoint: words.Plain(p.VPCEndpoint), Resource: words.Plain(p.KMSKey),
	}
	if p.Principals == 1 && len(p.Who.List) > 0 {
		c.Principal = words.Plain(p.Who.List[0].Value)
	}
	if p.Buckets == 1 && len(p.Where.List) > 0 {
		bucket := p.Where.List[0].Value
		c.Bucket, c.BucketAccount = words.Plain(bucket), words.Plain(b.owners[bucket])
	}
	var kms []string
	for _, a := range p.Actions.List {
		if strings.HasPrefix(a.Value, "kms:") {
			kms = append(kms, words.Plain(a.Value))
		}
	}
	n := len(p.Actions.List)
	switch {
	case n == 1:
		c.DeniedAction = words.Plain(p.Actions.List[0].Value)
	case n > 0 && len(kms) == n: // a key has to let all of them
		c.DeniedAction = strings.Join(kms, ",")
	}
	if p.Buckets > 0 && c.Bucket == "" && c.Resource == "" {
		c.Resource = "arn:aws:s3:::BUCKET" // not one name, but no call on an account either
	}
	c.FromRecord = n > 0
	return c
}

// prepareCases looks up what cases need: the account of each bucket as the largest
// group has it that knows it, and the incident of each group.
func (b *builder) prepareCases(incidents []*Incident) {
	b.owners = map[string]string{}
	for i := range b.r.Groups {
		if g := &b.r.Groups[i]; b.owners[g.Bucket] == "" {
			b.owners[g.Bucket] = g.BucketAccount
		}
	}
	b.patterns, b.numbers = map[string]aggregate.Pattern{}, map[string]*Incident{}
	for _, in := range incidents {
		b.patterns[in.ID], b.numbers[in.ID] = in.Pattern, in
	}
}
