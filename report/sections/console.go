package sections

import (
	"trail403/report/console"
	"trail403/report/model"
	"trail403/report/page"
	"trail403/report/words"
)

// inConsole leads to what an incident is about in the AWS Management Console. A terminal
// has no links, and the names are above already.
func (s *sections) inConsole(in *model.Incident) {
	if s.isTerminal {
		return
	}
	var links []page.Text
	add := func(address string, t page.Text) {
		if address != "" {
			links = append(links, page.Web(address, t))
		}
	}
	shared := &in.Shared
	add(console.Policy(shared.PolicyARN), "policy")
	add(console.Bucket(shared.Bucket, regionOf(in)), "bucket")
	add(console.Principal(shared.Principal), "caller")
	add(console.Key(shared.KMSKey), "KMS key")
	if len(in.Changes) > 0 {
		c := &s.r.Changes[in.Changes[0].Change]
		add(console.Event(c.EventID, c.Region), "event of the change")
	}
	if len(links) > 0 {
		s.Bullet(page.Bold("In the AWS console:") + " " + words.Listed(links))
	}
}

// regionOf returns the Region of most requests of the first group.
func regionOf(in *model.Incident) string {
	if len(in.Members) == 0 || len(in.Members[0].From.Regions.List) == 0 {
		return ""
	}
	return in.Members[0].From.Regions.List[0].Value
}
