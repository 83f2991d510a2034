package suggest

import (
	"slices"
	"strings"
	"unicode/utf8"

	"trail403/aggregate"
	"trail403/aggregate/statement"
	"trail403/ingest/arn"
	"trail403/ingest/event"
	"trail403/ingest/pattern"
	"trail403/ingest/redact"
)

// request stands for the requests of a group that were denied for one cause.
type request struct {
	g        *aggregate.Group
	c        aggregate.Cause
	action   string
	requests []statement.Denied // as far as they are known
}

// resources are those of a statement, and what a reader must know about them.
type resources struct {
	names []string
	notes []string
}

var (
	// bucketName is a name that S3 allows or once allowed.
	// https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
	bucketName = pattern.New(`^[A-Za-z0-9][A-Za-z0-9._-]{1,253}[A-Za-z0-9]$`)
	keyName    = pattern.New(`^arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:(key|alias)/[A-Za-z0-9/_-]+$`)
)

// resources returns the resources of the requests, as far as the records tell, or
// why there are none.
func (r request) resources() (on resources, why note) {
	if isKMS(r.action) {
		// With several keys, it is not known which of them denied the request.
		if keys := r.g.KMSKeys; len(keys) != 1 || !keyName.MatchString(keys[0]) || strings.Contains(keys[0], ":alias/") {
			return on, noKey
		}
		on.names = slices.Clone(r.g.KMSKeys)
		if r.c.Cause.Policy() == event.ResourcePolicy {
			on.names = []string{"*"} // in a key policy, the key
		}
		return on, ""
	}
	prefix := "arn:" + arn.PartitionOf(r.g.Principal) + ":s3:::"
	switch scope := scopeOf(r.action); {
	case scope == unknownScope:
		return on, noAction
	case scope == onAll:
		on.names = []string{"*"}
	case !bucketName.MatchString(r.g.Bucket):
		return on, noBucket
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

// objects returns patterns for the denied keys, and how much wider the patterns are
// than the keys. What is known about the keys applies to all denials, so no key is
// left out, and the patterns are never wider than the note says.
func (r request) objects() (patterns []string, note string) {
	all := []string{"*"}
	k, ok := keysOf(r.g, r.c)
	if !ok || k.None {
		return all, keysUnknown.of(r.g.Bucket)
	}
	clean := readable(k.Common)
	if k.One && clean == k.Common {
		return []string{literal(clean)}, ""
	}
	if i := strings.LastIndexByte(clean, '/'); i >= 0 {
		clean = clean[:i+1] // a folder is better than a part of a name
	}
	if clean != "" {
		return []string{literal(clean) + "*"}, keysFrom.of(r.g.Bucket, clean)
	}
	if prefixes := r.prefixes(); len(prefixes) > 0 {
		return prefixes, keysInFolders.of(r.g.Bucket)
	}
	return all, keysDifferent.of(r.g.Bucket)
}

// keysOf returns what is known of the object keys of requests that were denied for a cause.
func keysOf(g *aggregate.Group, c aggregate.Cause) (k aggregate.Keys, ok bool) {
	i := slices.IndexFunc(g.Keys, func(k aggregate.Keys) bool {
		return k.Cause == c.Cause && k.DeniedAction == c.DeniedAction
	})
	if i < 0 {
		return k, false
	}
	return g.Keys[i], true
}

// prefixes returns the folders of the keys, if they are few, all known, and all of
// this cause.
func (r request) prefixes() (patterns []string) {
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

// readable cuts a key where it differs from the key in the bucket: where the reader
// removed something, or where the key is not valid text.
func readable(key string) string {
	for _, removed := range []string{redact.Key, redact.Hidden} {
		key, _, _ = strings.Cut(key, removed)
	}
	for i, c := range key {
		if c == utf8.RuneError {
			return key[:i]
		}
	}
	return key
}

// literal writes a text so that IAM takes no character of it for a wildcard or for
// the start of a variable.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#policy-vars-specialchars
func literal(s string) string {
	return strings.NewReplacer("*", "${*}", "?", "${?}", "${", "${$}{").Replace(s)
}
