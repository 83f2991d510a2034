package s3

import (
	"crypto/sha256"
	"encoding/binary"
	"strings"
	"time"
)

// etagFrame is what may stand around an ETag.
const etagFrame = " \""

// versionOf returns a hash of an ETag, which other servers may make as long as they like,
// or else the second of the last change. It is 0 without both.
func versionOf(etag string, changed time.Time) uint64 {
	etag = strings.Trim(etag, etagFrame)
	switch {
	case etag != "":
		sum := sha256.Sum256([]byte(etag))
		return binary.LittleEndian.Uint64(sum[:])
	case !changed.IsZero():
		return uint64(changed.Unix())
	}
	return 0
}
