package change

import (
	_ "embed"
	"maps"
	"slices"
	"strings"
	"sync"
)

// callsTSV is the table of calls that alter access: the service, CloudTrail's
// name of the call, and what it touches, the main thing first, each by the name
// of its rule in [rules].
//
// Listed are the calls that change a policy, an ACL, a setting of S3 that denies
// requests, a grant, or who is subject to one of these, and those that make or
// delete a thing that policies name. Not listed are:
//
//   - ACLs, retention and tags of objects, which are data events, as many as the
//     objects
//   - keys, passwords and MFA devices, which decide who someone is, not what they
//     may do
//   - invitations, which alter nothing until they are accepted
//
// The names of S3's calls in CloudTrail are not those of
// its API: https://docs.aws.amazon.com/AmazonS3/latest/userguide/cloudtrail-logging-s3-info.html
//
//go:embed calls.tsv
var callsTSV string

// call is a call of a service.
type call struct{ service, name string }

// calls maps each listed call to what it touches.
var calls = sync.OnceValue(func() map[call][]string {
	table := map[call][]string{}
	for line := range strings.Lines(callsTSV) {
		col := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if col[0] != "service" {
			table[call{col[0], col[1]}] = strings.Fields(col[2])
		}
	}
	return table
})

// names holds the names of all listed calls.
var names = sync.OnceValue(func() *nameSet {
	s := &nameSet{all: map[string]bool{}}
	for c := range calls() {
		s.all[c.name] = true
		s.first[len(c.name)] |= 1 << (c.name[0] & 31)
	}
	return s
})

type nameSet struct {
	all map[string]bool
	// first has, for each length, a bit for each letter that names start with. It
	// rules out most names, and faster than the map.
	first [longestName + 1]uint32
}

func (s *nameSet) has(name []byte) bool {
	return len(name) > 0 && len(name) <= longestName && s.first[len(name)]>>(name[0]&31)&1 == 1 && s.all[string(name)]
}

// longestName is the length of the longest name in the table. A test compares it.
const longestName = 53

// serviceOf returns the service of an event source, as the table calls it: the
// S3 family is one, and so are the two names of the identity store.
func serviceOf(source string) string {
	service, domain, _ := strings.Cut(source, ".")
	switch {
	case !strings.Contains("."+domain, ".amazonaws."):
		return ""
	case strings.HasPrefix(service, "s3"):
		return "s3"
	case service == "sso-directory":
		return "identitystore"
	}
	return service
}

// Names returns the names of all listed calls, sorted.
func Names() []string { return slices.Sorted(maps.Keys(names().all)) }
