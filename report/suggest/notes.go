package suggest

import (
	"fmt"

	"trail403/aggregate/amendment"
)

// Warning heads all suggestions.
const Warning = "These statements would allow requests that no policy allowed. Review each one with the owner of the data: the denial may be intended."

// A note is a text for the reader of a suggestion, with verbs for what it is about.
type note string

func (n note) of(args ...any) string { return fmt.Sprintf(string(n), args...) }

// Why there is no statement for a denial. Each is about the action.
const (
	noBucket      note = "%s is left out because the records do not name the bucket."
	noEndpoint    note = "%s is left out because the records do not name exactly one VPC endpoint."
	noKey         note = "%s is left out because the messages do not name exactly one KMS key by its ID."
	noAction      note = "%s is left out because IAM knows no such action on a bucket or object."
	noStatement   note = "%s is left out because no statement about S3 would allow it."
	noRCP         note = "%s is left out because a resource control policy grants nothing: RCPFullAWSAccess must be attached."
	allowedNow    note = "%s is left out because a policy that was set or read after the denials allows it."
	serviceLinked note = "%s is left out because only AWS can change the policies of a service-linked role."
)

// How much wider a statement is than what was denied. Each is about a bucket, and
// keysFrom also about the start of the keys.
const (
	keysUnknown   note = "Some or all records do not name the objects in %s, so the statement allows all objects."
	keysDifferent note = "The denied keys in %s have no common start, so the statement allows all objects."
	keysInFolders note = "The statement allows all objects in those folders of %s that contain denied keys."
	keysFrom      note = "The statement allows all objects in %s whose keys start with %s"
)

// What else a reader must know about a statement.
const (
	bucketElsewhere note = "Bucket %s is in account %s. Its bucket policy must allow the request too."
	callerElsewhere note = "The caller is from another account than the bucket. An identity policy of the caller must allow the request too."
	onlyLimit       note = "This policy limits what other policies grant. An identity policy must allow the request too."
	everyLevel      note = "At every level from the root of the organization to the account itself, an SCP must allow the request. At one level or more, none does."
	ofSession       note = "Merge this into the session policy of whatever starts the sessions. A session policy cannot grant more than the caller has anyway."
	missingObjects  note = "s3:ListBucket was denied for reads of objects that probably do not exist. Allowing it only turns the 403 into a 404."
	changesAccess   note = "%s changes who has access. Whoever has this permission can give access to others."
)

// What else an edit allows. Each is about what the statement lists beside.
var alsoNotes = map[amendment.Element]note{
	amendment.Resource:  "On what is added, the statement then also allows %s.",
	amendment.Action:    "The statement then also allows the action on %s.",
	amendment.Principal: "The statement also contains %s, which the principal then gets as well.",
	amendment.Condition: "The statement also contains %s, which requests with the added value then get as well.",
}

const isShared note = "This is a managed policy. Whatever else it is attached to gets the same access."
