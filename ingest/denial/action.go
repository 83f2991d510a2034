package denial

import (
	_ "embed"
	"strings"
	"sync"
)

// actionsTSV is AWS's table of the permission that each S3 API needs, one row a
// line, followed by CloudTrail's own names for some calls.
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html
//
// A call that needs several permissions has the one without which it never
// works in the column action. CopyObject and UploadPartCopy read one bucket and
// write another. The bucket in the record is the one written, so the action is
// s3:PutObject, unless the message says otherwise.
//
//go:embed actions.tsv
var actionsTSV string

type actionKey struct {
	event string
	scope string // bucket or account, for calls that exist for both, or empty
}

type action struct {
	plain   string
	version string // instead of plain, if the request names a version
}

var actions = sync.OnceValue(func() map[actionKey]action {
	table := map[actionKey]action{}
	lines := strings.Split(strings.TrimSpace(actionsTSV), "\n")
	for _, line := range lines[1:] {
		col := strings.Split(line, "\t")
		table[actionKey{col[0], col[1]}] = action{plain: col[2], version: col[3]}
	}
	return table
})

// ActionOf returns the IAM action that a call needs. A call that is not in the
// table gets its own name with the prefix of its service. One without a name is
// unknown.
func ActionOf(eventSource, eventName string, hasBucket, hasVersion bool) string {
	if eventName == "" {
		return "unknown"
	}
	scope := "account"
	if hasBucket {
		scope = "bucket"
	}
	a, ok := actions()[actionKey{eventName, ""}]
	if !ok {
		a, ok = actions()[actionKey{eventName, scope}]
	}
	switch {
	case !ok:
		service, _, _ := strings.Cut(eventSource, ".")
		return service + ":" + eventName
	case hasVersion && a.version != "":
		return a.version
	}
	return a.plain
}
