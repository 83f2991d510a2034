package source

import (
	"errors"
	"net/url"
	"strings"

	"trail403/ingest/pattern"
)

// Location is a place in S3: an object, a folder, or what keys start with.
type Location struct{ Bucket, Key string }

// URL returns the name of an object.
func (l Location) URL() string { return "s3://" + l.Bucket + "/" + l.Key }

var (
	// https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html,
	// and the names of old buckets in us-east-1.
	bucketName = pattern.New(`^[A-Za-z0-9][A-Za-z0-9._-]{1,253}[A-Za-z0-9]$`)
	consoleURL = pattern.New(`^(?:[a-z0-9-]+\.)*console\.` +
		`(?:aws\.amazon\.com|amazonaws-us-gov\.com|amazonaws\.cn|aws\.eu)$`)
	objectURL = pattern.New(`^(?:(.+)\.)?s3[.-](?:dualstack\.)?(?:[a-z0-9-]+\.)?amazonaws\.(?:com|com\.cn|eu)$`)
)

// Errors of ParseLocation. They do not show the text, since a URL may contain a
// signature.
var (
	ErrScheme  = errors.New("a place in S3 is written s3://BUCKET/PREFIX")
	ErrBucket  = errors.New("this is not the name of a bucket")
	ErrARN     = errors.New("an ARN is not read; an access point has an alias, which can stand for the name of a bucket")
	ErrWebsite = errors.New("this URL is neither of an object in S3 nor of the S3 console")
)

// IsLocation says whether a text means a place in S3, rather than a local path:
// it looks like a URL.
func IsLocation(text string) bool {
	switch scheme, _, ok := strings.Cut(strings.ToLower(text), ":/"); scheme {
	case "s3", "s3a", "s3n", "https", "http":
		return ok
	}
	return strings.HasPrefix(text, "arn:")
}

// ParseLocation reads s3://BUCKET/KEY, an address of the S3 console, and the URL
// of an object.
func ParseLocation(text string) (Location, error) {
	if strings.HasPrefix(text, "arn:") {
		return Location{}, ErrARN
	}
	scheme, rest, ok := strings.Cut(text, "://")
	var l Location
	switch strings.ToLower(scheme) {
	case "s3", "s3a", "s3n":
		if strings.HasPrefix(rest, "arn:") {
			return l, ErrARN
		}
		l.Bucket, l.Key, _ = strings.Cut(rest, "/")
	case "http", "https":
		u, err := url.Parse(text)
		if !ok || err != nil {
			return l, ErrWebsite
		}
		if l, err = parseURL(u); err != nil {
			return l, err
		}
	default:
		return l, ErrScheme
	}
	if !ok {
		return l, ErrScheme
	}
	if !bucketName.MatchString(l.Bucket) {
		return l, ErrBucket
	}
	return l, nil
}

func parseURL(u *url.URL) (l Location, err error) {
	host, path := strings.ToLower(u.Hostname()), strings.TrimPrefix(u.Path, "/")
	if consoleURL.MatchString(host) {
		// /s3/buckets/NAME?prefix=FOLDER/ and /s3/object/NAME?prefix=KEY
		parts := strings.SplitN(path, "/", 3)
		if len(parts) < 3 || parts[0] != "s3" || parts[1] != "buckets" && parts[1] != "object" {
			return l, ErrWebsite
		}
		l.Bucket, l.Key = strings.TrimSuffix(parts[2], "/"), u.Query().Get("prefix")
		if bucket, key, ok := strings.Cut(l.Bucket, "/"); ok { // an older form: /s3/object/NAME/KEY
			l.Bucket, l.Key = bucket, key
		}
		return l, nil
	}
	m := objectURL.FindStringSubmatch(host)
	switch {
	case m == nil:
		return l, ErrWebsite
	case m[1] != "":
		return Location{m[1], path}, nil
	}
	l.Bucket, l.Key, _ = strings.Cut(path, "/")
	return l, nil
}
