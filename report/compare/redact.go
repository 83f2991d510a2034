package compare

import "trail403/ingest/redact"

// redact removes credentials from the texts of a report that is shown. Those of our own
// have none, but anybody can write a report.
func (r *Report) redact() {
	for i := range r.Groups {
		g := &r.Groups[i]
		hide(&g.ID, &g.Principal, &g.PrincipalType, &g.PrincipalAccount, &g.Action, &g.Bucket, &g.BucketAccount)
		if g.Fixed != nil {
			hide((*string)(&g.Fixed.State))
		}
		for k := range g.Causes {
			hide((*string)(&g.Causes[k].Cause), &g.Causes[k].PolicyARN, &g.Causes[k].WhyNotTold)
		}
	}
	for i := range r.Incidents {
		in := &r.Incidents[i]
		s := &in.Shared
		hide(&in.ID, (*string)(&in.Pattern), (*string)(&in.Certainty), &s.PolicyARN, &s.KMSKey, &s.VPCEndpoint,
			&s.Principal, &s.Account, &s.Bucket, &s.BucketAccount, (*string)(&s.Cause))
		hideAll(in.Groups)
	}
	for i := range r.Policies {
		p := &r.Policies[i]
		hide(&p.PolicyARN, (*string)(&p.Cause), &p.WhyNotTold, &p.Bucket, &p.Principal, &p.VPCEndpoint, (*string)(&p.Owner))
	}
	for i := range r.Coverage.Exclusions {
		hide(&r.Coverage.Exclusions[i].Rule)
	}
	hideAll(r.Coverage.Accounts)
	hideAll(r.Coverage.Regions)
	hide(&r.Window.Interval)
}

func hide(texts ...*string) {
	for _, s := range texts {
		*s = redact.Text(*s)
	}
}

func hideAll(texts []string) {
	for i := range texts {
		hide(&texts[i])
	}
}
