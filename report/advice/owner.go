package advice

import "trail403/ingest/event"

// ownerTexts say who can fix a denial, by the owner of what denied the request.
var ownerTexts = map[event.Owner]string{
	event.OwnerIdentity:     "whoever manages the policies of {who}",
	event.OwnerBucket:       "the owner of {bucket}{of bucket account}",
	event.OwnerKey:          "the owner of the KMS key",
	event.OwnerNetwork:      "the owner of the VPC endpoint, usually the network team",
	event.OwnerOrganization: "the administrators of the AWS organization",
	event.OwnerCaller:       "whoever makes the request",
	event.OwnerNobody:       "nobody: there may be nothing to fix",
	event.OwnerUnknown:      "unknown: the message does not say which policy denied the request",
}

// ownerOf returns who can fix a denial. Package event says who owns what denied
// the request; an entry says where somebody else can fix it.
func (f *facts) ownerOf(e *entry) event.Owner {
	switch {
	case e.owner != "":
		return e.owner
	case f.Cause.Owner() == "":
		return event.OwnerUnknown
	}
	return event.OwnerOf(f.Cause, f.DeniedAction, true)
}
