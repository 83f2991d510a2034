package policy

import (
	"trail403/aggregate/rows"
	"trail403/ingest/event"
)

// causeKey is a cause as numbers of the table.
type causeKey struct {
	name, deniedAction, policyARN uint32
	why                           rows.Why
}

func (k causeKey) cause(t *rows.Table) Cause {
	return Cause{
		Cause:        event.Cause(t.Text(k.name)),
		DeniedAction: t.Text(k.deniedAction),
		PolicyARN:    t.Text(k.policyARN),
		WhyNotTold:   k.why.String(),
	}
}

// Reason is everything that a row says about why it was denied, as numbers of the
// table. Endpoint is set only if the policy of a VPC endpoint did.
type Reason struct {
	causeKey
	Endpoint, KMSKey uint32
}

// reasonOf returns the reason that a context has.
func reasonOf(t *rows.Table, c *rows.Context) Reason {
	x := Reason{
		causeKey: causeKey{c.Number(rows.Cause), c.Number(rows.DeniedAction), c.Number(rows.PolicyARN), c.Why},
		KMSKey:   c.Number(rows.KMSKey),
	}
	if event.Cause(t.Text(x.name)).Policy() == event.EndpointPolicy {
		x.Endpoint = c.Number(rows.VPCEndpoint)
	}
	return x
}
