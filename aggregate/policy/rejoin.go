package policy

import "trail403/ingest/event"

// documentID identifies a document by its texts, so that it can be recognized in
// another result.
type documentID struct {
	arn, kind, bucket, principal, endpoint, why string
	owner                                       event.Owner
}

func (p *Policy) documentID() documentID {
	if p.ARN != "" {
		return documentID{arn: p.ARN}
	}
	return documentID{
		kind: documentKind(p.Cause, p.Owner), bucket: p.Bucket, principal: p.Principal, endpoint: p.VPCEndpoint,
		why: p.WhyNotTold, owner: p.Owner,
	}
}

// Documents finds the documents of a result.
type Documents map[documentID]*Policy

// DocumentsOf makes the documents of a result findable.
func DocumentsOf(list []*Policy) Documents {
	ds := make(Documents, len(list))
	for _, p := range list {
		ds[p.documentID()] = p
	}
	return ds
}

// Rejoin gives causes that have documents of another result the same documents of
// this one, if it has them.
func (ds Documents) Rejoin(causes []Cause) {
	for i := range causes {
		var own []*Policy
		for _, p := range causes[i].Documents {
			if d := ds[p.documentID()]; d != nil {
				own = append(own, d)
			}
		}
		causes[i].Documents = own
	}
}
