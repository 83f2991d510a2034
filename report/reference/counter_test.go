package reference

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"encoding/json"
	"io"
	"maps"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/klauspost/compress/zstd"
)

// counts is what a report says of an archive, as far as the counter knows it.
type counts struct {
	Listed, Read, Failed, Skipped                 int
	Seen, Kept, NotS3Denied, Duplicate, Malformed int
	Denials, Groups, Principals, Buckets          int
	ByGroup                                       map[string]int // principal, action and bucket
}

// counter counts the records of objects by the rules of docs/inputs.md and
// docs/report-format.md. It uses encoding/json, and nothing of the program.
type counter struct {
	counts
	denials []map[string]any
}

func (c *counter) object(name string, data []byte, inArchive bool) {
	data = unpack(unpack(data))
	switch {
	case bytes.HasPrefix(data, []byte("PK\x03\x04")):
		z, _ := zip.NewReader(bytes.NewReader(data), int64(len(data)))
		for _, f := range z.File {
			r, _ := f.Open()
			member, _ := io.ReadAll(r)
			c.object(name+"/"+f.Name, member, true)
		}
		return
	case len(data) > 262 && string(data[257:262]) == "ustar":
		t := tar.NewReader(bytes.NewReader(data))
		for h, err := t.Next(); err == nil; h, err = t.Next() {
			member, _ := io.ReadAll(t)
			c.object(name+"/"+h.Name, member, true)
		}
		return
	}
	c.Listed++
	values, broken := valuesOf(data)
	if len(values) == 0 && !broken {
		c.Skipped++ // empty
		return
	}
	var records []any
	isTrail := false
	for _, v := range values {
		found, ok := recordsOf(v)
		records, isTrail = append(records, found...), isTrail || ok
	}
	// What starts as something else, or is no JSON, is skipped, broken or not.
	unfinished := len(values) == 0 && bytes.HasPrefix(data, []byte(`{"`))
	switch {
	case broken && (isTrail || unfinished || strings.HasSuffix(path.Base(name), ".json.gz")):
		c.Failed++
	case !isTrail:
		c.Skipped++
	default:
		c.Read++
		for _, r := range records {
			c.record(r)
		}
	}
}

func unpack(data []byte) []byte {
	if r, err := gzip.NewReader(bytes.NewReader(data)); err == nil {
		if text, err := io.ReadAll(r); err == nil {
			return text
		}
	}
	if bytes.HasPrefix(data, []byte("\x28\xb5\x2f\xfd")) {
		r, _ := zstd.NewReader(bytes.NewReader(data))
		text, _ := io.ReadAll(r)
		r.Close()
		return text
	}
	return data
}

func valuesOf(data []byte) (values []any, broken bool) {
	d := json.NewDecoder(bytes.NewReader(data))
	for {
		var v any
		if err := d.Decode(&v); err == io.EOF {
			return values, false
		} else if err != nil {
			return values, true
		}
		values = append(values, v)
	}
}

// recordsOf returns the records in a value, and whether it shows that the object is
// CloudTrail.
func recordsOf(v any) (records []any, isTrail bool) {
	switch v := v.(type) {
	case []any:
		for _, e := range v {
			found, ok := recordsOf(e)
			records, isTrail = append(records, found...), isTrail || ok
		}
		return records, isTrail || len(v) == 0
	case map[string]any:
		if list, ok := v["Records"].([]any); ok {
			return recordsOf(list)
		}
		if detail, ok := v["detail"].(map[string]any); ok {
			return recordsOf(detail)
		}
		for _, name := range []string{"Message", "Body"} {
			if text, ok := v[name].(string); ok {
				var inner any
				if json.Unmarshal([]byte(text), &inner) == nil {
					return recordsOf(inner)
				}
			}
		}
		if _, ok := v["eventVersion"]; ok {
			return []any{v}, true
		}
		if found := wrappedIn(v); found != nil {
			return found, true
		}
		return []any{v}, false
	}
	return []any{v}, false
}

// wrappedIn returns the records that lie anywhere in a value, also in its texts.
func wrappedIn(v any) (records []any) {
	switch v := v.(type) {
	case []any:
		for _, e := range v {
			records = append(records, wrappedIn(e)...)
		}
	case map[string]any:
		if _, ok := v["eventVersion"]; ok {
			return []any{v}
		}
		for _, key := range slices.Sorted(maps.Keys(v)) {
			records = append(records, wrappedIn(v[key])...)
		}
	case string:
		text := []byte(v)
		if data, err := base64.StdEncoding.DecodeString(v); err == nil {
			text = unpack(data)
		}
		var inner any
		if json.Unmarshal(text, &inner) == nil {
			return wrappedIn(inner)
		}
	}
	return records
}

func (c *counter) record(v any) {
	c.Seen++
	r, ok := v.(map[string]any)
	if !ok || len(r) == 0 {
		c.Malformed++
		return
	}
	source, _ := r["eventSource"].(string)
	code, _ := r["errorCode"].(string)
	if source != "s3.amazonaws.com" || !slices.Contains([]string{"AccessDenied", "AllAccessDisabled"}, code) {
		c.NotS3Denied++
		return
	}
	at, _ := r["eventTime"].(string)
	if t, err := time.Parse(time.RFC3339, at); err != nil || t.UTC().Year() < 2000 || t.UTC().Year() >= 3000 {
		c.Malformed++
		return
	}
	c.denials = append(c.denials, r)
}

// finish finds copies of events and makes groups.
func (c *counter) finish() counts {
	c.ByGroup = map[string]int{}
	events, principals, buckets := map[string]int{}, map[string]bool{}, map[string]bool{}
	var kept []map[string]any
	for _, r := range c.denials {
		id, _ := r["eventID"].(string)
		at, known := events[id]
		if id == "" || !known {
			events[id] = len(kept)
			kept = append(kept, r)
			continue
		}
		c.Duplicate++
		if member(kept[at], "userIdentity", "arn") == nil { // the copy with an ARN stays
			kept[at] = r
		}
	}
	c.Kept = len(kept)
	for _, r := range kept {
		principal := principalOf(r)
		bucket, _ := member(r, "requestParameters", "bucketName").(string)
		action := "s3:" + r["eventName"].(string)
		if renamed := map[string]string{"s3:ListObjectsV2": "s3:ListBucket", "s3:HeadObject": "s3:GetObject", "s3:ListBuckets": "s3:ListAllMyBuckets"}[action]; renamed != "" {
			action = renamed
		}
		c.ByGroup[principal+" "+action+" "+bucket]++
		principals[principal] = true
		if bucket != "" {
			buckets[bucket] = true
		}
	}
	c.Denials, c.Groups, c.Principals, c.Buckets = c.Kept, len(c.ByGroup), len(principals), len(buckets)
	return c.counts
}

func principalOf(r map[string]any) string {
	if issuer, ok := member(r, "userIdentity", "sessionContext", "sessionIssuer", "arn").(string); ok {
		return issuer
	}
	arn, _ := member(r, "userIdentity", "arn").(string)
	if rest, ok := strings.CutPrefix(arn, "arn:aws:sts::"); ok {
		account, role, _ := strings.Cut(rest, ":assumed-role/")
		role, _, _ = strings.Cut(role, "/")
		return "arn:aws:iam::" + account + ":role/" + role
	}
	switch id, _ := member(r, "userIdentity", "principalId").(string); {
	case arn != "":
		return arn
	case member(r, "userIdentity", "accountId") == "anonymous":
		return "anonymous"
	default:
		return "111122223333:" + id
	}
}

func member(v any, names ...string) any {
	for _, name := range names {
		object, _ := v.(map[string]any)
		v = object[name]
	}
	return v
}
