package message

import (
	"regexp"
	"strings"
	"sync"
)

// Authorization is an id at the end of a message, under which AWS keeps the details of
// the decision for 24 hours, in the Region.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied-authorization-id.html
type Authorization struct {
	ID     string // letters and digits, or empty
	Region string
}

// authorizationTail is what follows the reason. The id is told twice. AWS adds such
// tails one service after another, so what the sentence around the link says is left
// open.
var authorizationTail = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`\. Go to https://[a-z0-9.-]*console[a-z0-9.-]*/iam/[a-z/]*\?region=` +
		`([a-z0-9-]{4,24})#/authorization-details/([0-9A-Za-z]{8,64})(?:[ .][^"]*)?$`)
})

// longest is how long a message can be that is looked at, several times longer than all
// that were seen.
const longest = 8192

// AuthorizationOf returns the authorization at the end of a message, if it has one.
// Text in quotes, such as a resource, never counts as one.
func AuthorizationOf(text string) Authorization {
	if len(text) > longest || !strings.Contains(text, "#/authorization-details/") {
		return Authorization{}
	}
	m := authorizationTail().FindStringSubmatch(text)
	if m == nil {
		return Authorization{}
	}
	return Authorization{ID: m[2], Region: m[1]}
}
