package paste

import (
	"net/url"
	"strings"
)

// https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
const bucketName = `([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])`

const keyChars = `([^\s'"<>` + "`" + `,;\])]*)`

// places are the ways in which programs print a bucket, with or without a key. The
// first that matches counts.
var places = [...]pattern{
	lazy(`\bs3[an]?://` + bucketName + `(?:/` + keyChars + `)?`),
	lazy(`https?://` + bucketName + `\.s3(?:[.-][a-z0-9-]+)*\.amazonaws\.com(?:\.cn)?(?::443)?(?:/` + keyChars + `)?`),
	lazy(`https?://s3(?:[.-][a-z0-9-]+)*\.amazonaws\.com(?:\.cn)?(?::443)?/` + bucketName + `(?:/` + keyChars + `)?`),
	lazy(`arn:aws[a-z-]*:s3:::` + bucketName + `(?:/` + keyChars + `)?`),
	lazy(`(?i)\bS3 Bucket \(` + bucketName + `\)`),
	lazy(`(?i)\bbucket(?:[ _-]?name)?['"]?\s*(?:[:=]|=>)?\s*['"]` + bucketName + `['"]`),
	lazy(`(?i)\bbucket(?:[ _-]?name)?\s*[:=]\s*` + bucketName + `(?:[\s,;)]|$)`),
}

var keys = lazy(`(?i)\b(?:key|object)['"]?\s*(?:[:=]|=>)?\s*['"]([^'"\n]{1,900})['"]`)

// place returns the bucket and key that a text names. Where it names several
// buckets, as a copy does, the call decides: what is read comes first, what is
// written comes last.
func place(text, operation string) (bucket, key string) {
	for _, re := range places {
		all := re.all(text, 16)
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
