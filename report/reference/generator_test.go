package reference

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"strings"

	"github.com/klauspost/compress/zstd"
)

// withEmptyObjects says whether {} may stand in place of a record. It counts as malformed.
const withEmptyObjects = true

// generator makes random archives: all shapes of records and of files, and what is no
// CloudTrail.
type generator struct {
	*rand.Rand
	made []map[string]any // records so far
}

func pick[T any](g *generator, of ...T) T { return of[g.IntN(len(of))] }

type file struct {
	name string
	data []byte
}

func (g *generator) archive() (files []file) {
	for i := range 1 + g.IntN(6) {
		files = append(files, g.file(fmt.Sprintf("f%d", i), true))
	}
	if g.IntN(3) == 0 { // a copy of a file
		files = append(files, file{"copy", files[g.IntN(len(files))].data})
		files[len(files)-1].name += pick(g, "", ".json")
	}
	return files
}

func (g *generator) file(name string, mayNest bool) file {
	if mayNest && g.IntN(5) == 0 {
		var members []file
		for i := range g.IntN(4) {
			members = append(members, g.file(fmt.Sprintf("m%d", i), false))
		}
		return file{name + ".x", g.nested(members)}
	}
	if g.IntN(6) == 0 {
		foreign := pick(g, "", " \n", "a line of a log\n", `{"a":1}`, `[1,2]`, `"text"`, "\x89PNG", `{"Records":[`+g.record()+`,{"a":`, g.record()+"\n{\"a\":")
		return file{name, []byte(foreign)}
	}
	text := g.text()
	switch g.IntN(5) {
	case 0:
		return file{name + ".json.gz", gzipped(text)}
	case 1:
		return file{name + ".gz.gz", gzipped(gzipped(text))}
	case 2:
		w, _ := zstd.NewWriter(nil)
		return file{name + ".zst", w.EncodeAll(text, nil)}
	}
	return file{name + ".json", text}
}

func (g *generator) nested(members []file) []byte {
	var b bytes.Buffer
	if g.IntN(2) == 0 {
		z := zip.NewWriter(&b)
		for _, m := range members {
			w, _ := z.Create(m.name)
			w.Write(m.data)
		}
		if len(members) == 0 {
			w, _ := z.Create("empty")
			w.Write(nil)
		}
		z.Close()
		return b.Bytes()
	}
	t := tar.NewWriter(&b)
	for _, m := range append(members, file{"empty", nil}) {
		t.WriteHeader(&tar.Header{Name: m.name, Mode: 0o644, Size: int64(len(m.data)), Format: tar.FormatUSTAR})
		t.Write(m.data)
	}
	t.Close()
	if g.IntN(2) == 0 {
		return gzipped(b.Bytes())
	}
	return b.Bytes()
}

func gzipped(text []byte) []byte {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	w.Write(text)
	w.Close()
	return b.Bytes()
}

// text is the text of an object with records.
func (g *generator) text() []byte {
	records := []string{g.record()} // the first value tells what an object is
	lines := records
	for range g.IntN(8) {
		v := g.value()
		if records = append(records, v); v[0] == '{' {
			lines = append(lines[:len(lines):len(lines)], v)
		}
	}
	list := "[" + strings.Join(records, ",") + "]"
	switch g.IntN(9) {
	case 0:
		return []byte(list)
	case 1:
		return []byte(strings.Join(lines, "\n"))
	case 2:
		return []byte(g.record())
	case 3:
		return []byte(`{"version":"0","detail-type":"AWS API Call via CloudTrail","detail":` + g.record() + `}`)
	case 4:
		message, _ := json.Marshal(`{"version":"0","detail-type":"x","detail":` + g.record() + `}`)
		return []byte(`{"Type":"Notification","MessageId":"x","TopicArn":"arn:aws:sns:us-east-1:111122223333:t","Message":` + string(message) + `}`)
	case 5:
		var wrapped []string
		for range 1 + g.IntN(4) {
			wrapped = append(wrapped, g.wrapped(g.record(), 1+g.IntN(5)))
		}
		return []byte(strings.Join(wrapped, pick(g, "", "\n")))
	}
	return []byte(`{"x":[1],` + pick(g, "", " ") + `"Records":` + list + `,"y":{}}` + pick(g, "", "\n"))
}

// wrapped is a record in what a collector may wrap it in, several times.
func (g *generator) wrapped(record string, times int) string {
	for range times {
		text, _ := json.Marshal(record)
		switch g.IntN(5) {
		case 0:
			record = `{"date":1.5,"log":` + string(text) + `}`
		case 1:
			record = `{"took":1,"hits":{"hits":[{"_index":"c","_source":` + record + `}]}}`
		case 2:
			record = `{"sourcetype":"aws:cloudtrail","event":` + record + `}`
		case 3:
			record = `{"kinesis":{"data":"` + base64.StdEncoding.EncodeToString([]byte(record)) + `"}}`
		case 4:
			record = `{"awslogs":{"data":"` + base64.StdEncoding.EncodeToString(gzipped([]byte(record))) + `"}}`
		}
	}
	return record
}

// value is a record, or what stands in its place.
func (g *generator) value() string {
	switch g.IntN(12) {
	case 0:
		return pick(g, "7", "null", `"x"`, "true", `{"x":1}`)
	case 1:
		if withEmptyObjects {
			return "{}"
		}
	}
	return g.record()
}

func (g *generator) record() string {
	if len(g.made) > 0 && g.IntN(5) == 0 {
		return g.copied()
	}
	r := map[string]any{"eventVersion": "1.11", "awsRegion": "us-east-1", "eventType": "AwsApiCall"}
	r["eventName"] = pick(g, "GetObject", "PutObject", "ListObjectsV2", "HeadObject", "DeleteObject", "ListBuckets")
	r["eventSource"] = pick(g, "s3.amazonaws.com", "s3.amazonaws.com", "s3.amazonaws.com", "ec2.amazonaws.com")
	r["eventTime"] = pick(g, "2026-10-05T10:00:00Z", "2026-10-07T23:59:59Z", "2026-10-06T12:00:00+02:00", "2026-10-05T10:00:01.5Z")
	if g.IntN(20) == 0 {
		r["eventTime"] = pick(g, "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "yesterday", "")
	}
	if g.IntN(3) > 0 {
		r["errorCode"] = pick(g, "AccessDenied", "AccessDenied", "AllAccessDisabled", "NoSuchKey")
		r["errorMessage"] = "Access Denied"
	}
	if g.IntN(10) > 0 {
		r["eventID"] = fmt.Sprintf("%08d-0000-4000-8000-000000000000", len(g.made))
	}
	role := fmt.Sprint("role", g.IntN(3))
	switch g.IntN(4) {
	case 0:
		r["userIdentity"] = map[string]any{"type": "IAMUser", "accountId": "111122223333", "arn": "arn:aws:iam::111122223333:user/ana"}
	case 1:
		r["userIdentity"] = map[string]any{"type": "AWSAccount", "accountId": "anonymous", "principalId": ""}
	default:
		id := map[string]any{"type": "AssumedRole", "accountId": "111122223333", "arn": "arn:aws:sts::111122223333:assumed-role/" + role + "/" + fmt.Sprint("s", g.IntN(9))}
		if g.IntN(2) == 0 {
			id["sessionContext"] = map[string]any{"sessionIssuer": map[string]any{"arn": "arn:aws:iam::111122223333:role/" + role}}
		}
		r["userIdentity"] = id
	}
	if r["eventName"] != "ListBuckets" {
		r["requestParameters"] = map[string]any{"bucketName": fmt.Sprint("bucket", g.IntN(4)), "key": "a/b"}
	}
	g.made = append(g.made, r)
	text, _ := json.Marshal(r)
	return string(text)
}

// copied is a record that was made before. The copy of another account may not name the
// caller by ARN.
func (g *generator) copied() string {
	r := maps.Clone(pick(g, g.made...))
	if g.IntN(2) == 0 && r["eventID"] != nil && member(r, "userIdentity", "arn") != nil {
		r["userIdentity"] = map[string]any{"type": "AWSAccount", "accountId": "111122223333", "principalId": "AROAEXAMPLEEXAMPLE12"}
	}
	text, _ := json.Marshal(r)
	return string(text)
}
