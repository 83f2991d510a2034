package file

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"io"
	"strings"
)

// Keys of the metadata of a file.
const (
	keyManifest = "trail403.run"
	keyDecoder  = "trail403.decoder"
	keySchema   = "trail403.schema"
	keySum      = "trail403.sum"
)

// The metadata at the end of a file has a checksum of all of it, because Parquet has
// only one of each page. It is made with this in its place.
var noSum = strings.Repeat("-", 2*sha256.Size)

// sumOf returns the checksum of the metadata, in which there is a checksum already.
func sumOf(metadata []byte, sum string) string {
	i := bytes.LastIndex(metadata, []byte(sum))
	if i < 0 || len(sum) != len(noSum) {
		return ""
	}
	h := sha256.New()
	h.Write(metadata[:i])
	io.WriteString(h, noSum)
	h.Write(metadata[i+len(sum):])
	return hex.EncodeToString(h.Sum(nil))
}

// ending is a writer that holds the end of a file back, so that its checksum can be
// filled in.
type ending struct {
	to   io.Writer
	held bytes.Buffer
	hold bool
}

func (e *ending) Write(data []byte) (int, error) {
	if e.hold {
		return e.held.Write(data)
	}
	return e.to.Write(data)
}

// release fills in the checksum and writes what was held back.
func (e *ending) release() error {
	data := e.held.Bytes()
	end := len(data) - tailSize
	metadata := data[end-int(binary.LittleEndian.Uint32(data[end:])) : end]
	i := bytes.LastIndex(metadata, []byte(noSum))
	copy(metadata[i:], sumOf(metadata, noSum))
	_, err := e.to.Write(data)
	return err
}
