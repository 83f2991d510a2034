package report

import (
	"strings"
	"unicode"

	"trail403/aggregate"
	"trail403/report/advice"
)

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
	c.FromRecord = n > 0
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
