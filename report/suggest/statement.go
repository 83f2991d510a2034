package suggest

import (
	"slices"
	"strings"

	"trail403/ingest/event"
	"trail403/ingest/pattern"
)

// endpointID is the ID of a VPC endpoint.
var endpointID = pattern.New(`^vpce-[0-9a-f]{8,17}$`)

// places say, by the kind of policy that does not allow a request, where a
// statement that allows it belongs, or why there is none.
var places = map[event.Policy]func(request) (place, note){
	event.IdentityPolicy: func(r request) (place, note) { return r.ofCaller(Identity) },
	event.Boundary:       func(r request) (place, note) { return r.ofCaller(Boundary) },
	event.SessionPolicy:  func(r request) (place, note) { return r.ofCaller(Session) },
	event.SCP:            func(r request) (place, note) { return place{SCP, r.g.PrincipalAccount}, "" },
	event.RCP:            func(request) (place, note) { return place{}, noRCP },
	event.ResourcePolicy: func(r request) (place, note) {
		switch {
		case isKMS(r.action):
			return place{Key, r.g.KMSKeys[0]}, ""
		case r.g.Bucket == "":
			return place{}, noBucket
		}
		return place{Bucket, r.g.Bucket}, ""
	},
	event.EndpointPolicy: func(r request) (place, note) {
		endpoints := r.g.From.VPCEndpoints
		if endpoints.Values() != 1 || !endpointID.MatchString(endpoints.List[0].Value) {
			return place{}, noEndpoint
		}
		return place{Endpoint, endpoints.List[0].Value}, ""
	},
	event.TrustPolicy: func(request) (place, note) { return place{}, noStatement },
}

// place returns where a statement that allows the request belongs, or why there is
// none.
func (r request) place() (place, note) {
	of := places[r.c.Cause.Policy()]
	if of == nil {
		return place{}, noStatement
	}
	return of(r)
}

func (r request) ofCaller(kind Kind) (place, note) {
	if strings.Contains(r.g.Principal, ":role/aws-service-role/") {
		return place{}, serviceLinked
	}
	return place{kind, r.g.Principal}, ""
}

// notes returns what a reader must know about the statement.
func (r request) notes(at place, missing bool) (notes []string) {
	other := r.g.BucketAccount != "" && r.g.BucketAccount != r.g.PrincipalAccount
	switch {
	case at.kind == Identity && other:
		notes = append(notes, bucketElsewhere.of(r.g.Bucket, r.g.BucketAccount))
	case at.kind == Bucket && other:
		notes = append(notes, callerElsewhere.of())
	case at.kind == Boundary || at.kind == SCP:
		notes = append(notes, onlyLimit.of())
	case at.kind == Session:
		notes = append(notes, ofSession.of())
	}
	if at.kind == SCP {
		notes = append(notes, everyLevel.of())
	}
	if missing && r.action == "s3:ListBucket" {
		notes = append(notes, missingObjects.of())
	}
	if slices.Contains(accessActions, strings.TrimPrefix(r.action, "s3:")) {
		notes = append(notes, changesAccess.of(r.action))
	}
	return notes
}
