package paste

import (
	"net/url"
	"strings"

	"trail403/ingest/pattern"
)

// https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
const bucketName = `([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])`

const keyChars = `([^\s'"<>` + "`" + `,;\])]*)`

// places are the ways in which programs print a bucket, with or without a key. The
// first that matches counts.
var places = [...]*pattern.Pattern{
	pattern.New(`\bs3[an]?://` + bucketName + `(?:/` + keyChars + `)?`),
	pattern.New(`https?://` + bucketName + `\.s3(?:[.-][a-z0-9-]+)*\.amazonaws\.com(?:\.cn)?(?::443)?(?:/` + keyChars + `)?`),
	pattern.New(`https?://s3(?:[.-][a-z0-9-]+)*\.amazonaws\.com(?:\.cn)?(?::443)?/` + bucketName + `(?:/` + keyChars + `)?`),
	pattern.New(`arn:aws[a-z-]*:s3:::` + bucketName + `(?:/` + keyChars + `)?`),
	pattern.New(`(?i)\bS3 Bucket \(` + bucketName + `\)`),
	pattern.New(`(?i)\bbucket(?:[ _-]?name)?['"]?\s*(?:[:=]|=>)?\s*['"]` + bucketName + `['"]`),
	pattern.New(`(?i)\bbucket(?:[ _-]?name)?\s*[:=]\s*` + bucketName + `(?:[\s,;)]|$)`),
}

var keys = pattern.New(`(?i)\b(?:key|object)['"]?\s*(?:[:=]|=>)?\s*['"]([^'"\n]{1,900})['"]`)

// place returns the bucket and key that a text names. Where it names several
// buckets, as a copy does, the call decides: what is read comes first, what is
// written comes last.
func place(text, operation string) (bucket, key string) {
	for _, re := range places {
		all := re.FindAllStringSubmatch(text, 16)
		if len(all) == 0 {
			continue
		}
		m := all[0]
		if last := all[len(all)-1]; last[1] != m[1] {
			switch {
			case writes(operation):
				m = last
			case !strings.HasPrefix(operation, "Get") && !strings.HasPrefix(operation, "Head") && !strings.HasPrefix(operation, "List"):
				return "", ""
			}
		}
		if len(m) > 2 {
			key = cleanKey(m[2])
		}
		if key == "" {
			key = submatch(keys, text)
		}
		return m[1], key
	}
	return "", ""
}

func writes(operation string) bool {
	for _, w := range [...]string{"Put", "Copy", "Upload", "CreateMultipart", "CompleteMultipart"} {
		if strings.HasPrefix(operation, w) {
			return true
		}
	}
	return false
}

// cleanKey removes what ends a sentence or begins a query, and decodes the escapes
// of a URL.
func cleanKey(s string) string {
	s, _, _ = strings.Cut(s, "?")
	s = strings.TrimRight(s, ".:")
	if plain, err := url.PathUnescape(s); err == nil {
		return plain
	}
	return s
}
