package paste

import (
	"strings"

	"trail403/ingest/pattern"
)

var (
	operations = [...]*pattern.Pattern{
		pattern.New(`when calling the (\w{3,64}) operation`),
		pattern.New(`operation error S3[\w ]{0,12}: (\w{3,64})`),
		pattern.New(`Error executing "(\w{3,64})"`),
		pattern.New(`during (\w{3,64}) operation`),
		pattern.New(`(?:DefaultS3Client|AmazonS3Client|S3AsyncClient)\.(\w{3,64})\(`),
		pattern.New(`\b((?:Get|Head|Put|Delete|List|Copy|Create|Upload|Complete|Abort)(?:Objects?|Bucket|Buckets|ObjectsV2|MultipartUpload|Part)\w*)(?:Command| error\b|Request\b)`),
	}
	methods = pattern.New("(?:\\b|`)(GET|HEAD|PUT|DELETE) (?:error on |request to )?['\"(]?https?://[^ '\"]*amazonaws\\.com")

	asksACL = pattern.New(`(?i)x-amz-acl|--acl\b|\bACL['"]?\s*[:=]\s*['"]?(?:public-read|private|bucket-owner|authenticated-read|aws-exec-read|log-delivery)`)
)

// contextOf collects what the lines of a hit say: its own line, then those after it
// up to the next hit, then those before it.
func contextOf(hits []hit, i int, lines []line) Context {
	own, after, before := around(hits, i, lines)
	var c Context
	for _, part := range [...]string{own, after, before} {
		c.add(part)
	}
	return c
}

// around returns the texts of a hit's lines. Lines between two hits belong to the
// first of them up to an empty line, and to the second after that.
func around(hits []hit, i int, lines []line) (own, after, before string) {
	from, to := 0, len(lines)
	if i > 0 {
		from = split(lines, hits[i-1].line+1, hits[i].line)
	}
	if i+1 < len(hits) {
		to = split(lines, hits[i].line+1, hits[i+1].line)
	}
	at := hits[i].line
	return lines[at].text, textOf(lines[at+1 : to]), textOf(lines[from:at])
}

func split(lines []line, from, to int) int {
	for i := to - 1; i >= from; i-- {
		if isEmpty(lines[i].text) {
			return i
		}
	}
	return to
}

// nearby bounds what is read of the lines around a denial.
const nearby = 16 << 10

func textOf(lines []line) string {
	var b strings.Builder
	for i := range lines {
		if b.Len() > nearby {
			break
		}
		b.WriteString(lines[i].text)
		b.WriteByte('\n')
	}
	return b.String()
}

// add fills in what is not known yet.
func (c *Context) add(text string) {
	if c.Operation == "" {
		c.Operation = operation(text)
	}
	if c.RequestID == "" {
		c.RequestID = requestID(text)
	}
	if c.HostID == "" {
		c.HostID = submatch(hostIDs, text)
	}
	c.ACL = c.ACL || asksACL.MatchString(text)
	c.Head = strings.HasPrefix(c.Operation, "Head")
	if c.Bucket == "" {
		c.Bucket, c.Key = place(text, c.Operation)
	}
}

func operation(text string) string {
	for _, re := range operations {
		if name := submatch(re, text); name != "" {
			return strings.ToUpper(name[:1]) + name[1:]
		}
	}
	if strings.Contains(text, "list-type=2") {
		return "ListObjectsV2"
	}
	m := methods.FindStringSubmatchIndex(text)
	if m == nil {
		return ""
	}
	_, key := place(text[m[2]:], "")
	return callOf(text[m[2]:m[3]], key != "")
}

// callOf returns the call of S3 that an HTTP method makes, as far as that is clear.
func callOf(method string, onObject bool) string {
	switch {
	case onObject:
		return map[string]string{"GET": "GetObject", "HEAD": "HeadObject", "PUT": "PutObject", "DELETE": "DeleteObject"}[method]
	case method == "HEAD":
		return "HeadBucket"
	}
	return ""
}
