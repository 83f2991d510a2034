package suggest

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"trail403/aggregate"
	"trail403/ingest/arn"
	"trail403/ingest/event"
)

// refusal is what a group was refused for one cause.
type refusal struct {
	g      *aggregate.Group
	c      aggregate.Cause
	action string
}

// resources are those of a statement, and what a reader must know of them.
type resources struct {
	names []string
	notes []string
}

// statement says where a statement that allows it belongs, and on what it is; or
// why there is none.
func (r refusal) statement() (at place, on resources, why string) {
	on, why = r.resources()
	if why != "" {
		return at, on, why
	}
	switch r.c.Cause.Policy() {
	case event.IdentityPolicy, event.Boundary, event.SessionPolicy:
		at = place{Kind(r.c.Cause.Policy()), r.g.Principal}
		if strings.Contains(r.g.Principal, ":role/aws-service-role/") {
			return at, on, "AWS alone changes the policies of a service-linked role"
		}
	case event.SCP:
		at = place{SCP, r.g.PrincipalAccount}
	case event.ResourcePolicy:
		at = place{Bucket, r.g.Bucket}
		if isKMS(r.action) {
			at = place{Key, r.g.KMSKeys[0]}
		}
		if at.target == "" {
			return at, on, fmt.Sprintf("%s: the records do not name the bucket", r.action)
		}
	case event.EndpointPolicy:
		if endpoints := r.g.From.VPCEndpoints; endpoints.Values() != 1 || !endpointID.MatchString(endpoints.List[0].Value) {
			return at, on, fmt.Sprintf("%s through a VPC endpoint: the records do not name one and no other", r.action)
		}
		at = place{Endpoint, r.g.From.VPCEndpoints.List[0].Value}
	case event.RCP:
		return at, on, "a resource control policy cannot allow anything by itself: RCPFullAWSAccess must be attached"
	default:
		return at, on, fmt.Sprintf("%s: no statement on S3 allows it", r.action)
	}
	return at, on, ""
}

var (
	endpointID = regexp.MustCompile(`^vpce-[0-9a-f]{8,17}$`)
	// bucketName is a name that S3 gives or once gave.
	// https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
	bucketName = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]{1,253}[A-Za-z0-9]$`)
	keyName    = regexp.MustCompile(`^arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:(key|alias)/[A-Za-z0-9/_-]+$`)
)

// resources returns what the action was refused on, as far as the records tell.
func (r refusal) resources() (on resources, why string) {
	if isKMS(r.action) {
		// Several keys cannot be told apart here: which of them refused is not known.
		if keys := r.g.KMSKeys; len(keys) != 1 || !keyName.MatchString(keys[0]) || strings.Contains(keys[0], ":alias/") {
			return on, fmt.Sprintf("%s: the messages do not name one KMS key by its id and no other", r.action)
		}
		on.names = slices.Clone(r.g.KMSKeys)
		if r.c.Cause.Policy() == event.ResourcePolicy {
			on.names = []string{"*"} // in a key policy, the key
		}
		return on, ""
	}
	prefix := "arn:" + partition(r.g.Principal) + ":s3:::"
	switch scope := scopeOf(r.action); {
	case scope == unknownScope:
		return on, fmt.Sprintf("%s: no action on a bucket or object that IAM knows", r.action)
	case scope == onAll:
		on.names = []string{"*"}
	case !bucketName.MatchString(r.g.Bucket):
		return on, fmt.Sprintf("%s: the records do not name the bucket", r.action)
	case scope == onBucket:
		on.names = []string{prefix + r.g.Bucket}
	default:
		var note string
		on.names, note = r.objects()
		for i, name := range on.names {
			on.names[i] = prefix + r.g.Bucket + "/" + name
		}
		if note != "" {
			on.notes = []string{note}
		}
	}
	return on, ""
}

func partition(principal string) string {
	a, _ := arn.Parse(principal)
	return a.Partition
}

// objects returns patterns for the keys that were refused, and how much wider than
// them they are. What is known of the keys holds for all denials, so nothing is
// left out; they are never wider than the note says.
func (r refusal) objects() (patterns []string, note string) {
	all := []string{"*"}
	i := slices.IndexFunc(r.g.Keys, func(k aggregate.Keys) bool {
		return k.Cause == r.c.Cause && k.DeniedAction == r.c.DeniedAction
	})
	if i < 0 || r.g.Keys[i].None {
		return all, fmt.Sprintf("Some or all records do not name the objects in %s: all objects are allowed.", r.g.Bucket)
	}
	k := r.g.Keys[i]
	clean := readable(k.Common)
	if k.One && clean == k.Common {
		return []string{literal(clean)}, ""
	}
	if i := strings.LastIndexByte(clean, '/'); i >= 0 {
		clean = clean[:i+1] // rather a folder than a part of a name
	}
	if clean != "" {
		return []string{literal(clean) + "*"}, fmt.Sprintf("The keys in %s are widened to all that begin as they do: %s", r.g.Bucket, clean)
	}
	if prefixes := r.prefixes(); len(prefixes) > 0 {
		return prefixes, fmt.Sprintf("The keys in %s are widened to all in the folders that they are in.", r.g.Bucket)
	}
	return all, fmt.Sprintf("The keys in %s have no beginning in common: all objects are allowed.", r.g.Bucket)
}

// prefixes returns the few folders of the keys, if all are known and all have to
// do with this cause.
func (r refusal) prefixes() (patterns []string) {
	known := &r.g.From.KeyPrefixes
	if len(r.g.Keys) != 1 || known.OtherValues > 0 {
		return nil
	}
	for _, p := range known.List {
		if p.Value == "" || readable(p.Value) != p.Value {
			return nil
		}
		patterns = append(patterns, literal(p.Value)+"*")
	}
	return patterns
}

// readable cuts a key where it is not as the bucket has it: where something was
// removed from it when it was read, or is no text.
func readable(key string) string {
	for _, removed := range []string{"[access-key]", "[redacted]"} {
		key, _, _ = strings.Cut(key, removed)
	}
	for i, c := range key {
		if c == utf8.RuneError {
			return key[:i]
		}
	}
	return key
}

// literal writes a text so that IAM takes no character of it for a wildcard or a
// variable.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#policy-vars-specialchars
func literal(s string) string {
	return strings.NewReplacer("*", "${*}", "?", "${?}", "${", "${$}{").Replace(s)
}

// notes says what a reader must know of the statement.
func (r refusal) notes(at place, missing bool) (notes []string) {
	other := r.g.BucketAccount != "" && r.g.BucketAccount != r.g.PrincipalAccount
	switch {
	case at.kind == Identity && other:
		notes = append(notes, fmt.Sprintf("Bucket %s is in account %s: its bucket policy must allow it, too.", r.g.Bucket, r.g.BucketAccount))
	case at.kind == Bucket && other:
		notes = append(notes, "The bucket is in another account than the caller: an identity policy of the caller must allow it, too.")
	case at.kind == Boundary || at.kind == SCP:
		notes = append(notes, "This only lifts a limit: an identity policy must allow it, too.")
	case at.kind == Session:
		notes = append(notes, "It belongs into the session policy of whatever starts the sessions, which cannot give more than the role has.")
	}
	if at.kind == SCP {
		notes = append(notes, "On each level above the account (root, OU, account) some SCP must allow it; one level has none that does.")
	}
	if missing && r.action == "s3:ListBucket" {
		notes = append(notes, "ListBucket was missed on reading objects that most likely do not exist: it turns the 403 into a 404, no more.")
	}
	if name := strings.TrimPrefix(r.action, "s3:"); slices.Contains(accessActions, name) {
		notes = append(notes, name+" changes who has access: whoever has it can give more.")
	}
	return notes
}
