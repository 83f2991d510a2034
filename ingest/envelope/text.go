package envelope

import (
	"bytes"
	"encoding/base64"
	"errors"
	"io"

	"github.com/klauspost/compress/gzip"

	"trail403/ingest/scan"
)

// jsonIn returns the JSON value between the first of the opening brackets and the last
// of the closing ones, nil where that is none.
func jsonIn(line []byte, open, shut byte) []byte {
	i, end := bytes.IndexByte(line, open), bytes.LastIndexByte(line, shut)
	if i < 0 || end < i {
		return nil
	}
	if value := line[i : end+1]; scan.Valid(value) {
		return value
	}
	return nil
}

// startsPacked says whether a text is base64 of what starts as JSON or as gzip, going by
// its first bytes.
func startsPacked(text []byte) bool {
	const enough = 64 // a record has more
	if len(text) < enough {
		return false
	}
	var head [3]byte
	if _, err := encodingOf(text).Decode(head[:], text[:4]); err != nil {
		return false
	}
	start := bytes.TrimLeft(head[:], " \t\r\n")
	return len(start) == 0 || start[0] == '{' || start[0] == '[' || bytes.HasPrefix(head[:], gzipMagic)
}

var gzipMagic = []byte{0x1f, 0x8b}

// encodingOf returns the variant of base64 that a text is written in.
func encodingOf(text []byte) *base64.Encoding {
	url := bytes.ContainsAny(text, "-_")
	padded := len(text)%4 == 0
	switch {
	case url && padded:
		return base64.URLEncoding
	case url:
		return base64.RawURLEncoding
	case padded:
		return base64.StdEncoding
	}
	return base64.RawStdEncoding
}

// gunzip keeps the decoder for the next text.
type gunzip struct{ reader *gzip.Reader }

var errPacked = errors.New("a text in base64 starts as gzip, and is no complete gzip stream")

// unzip decompresses a text to at most n bytes.
func (g *gunzip) unzip(packed []byte, n int) (plain []byte, err error) {
	if g.reader == nil {
		g.reader, err = gzip.NewReader(bytes.NewReader(packed))
	} else {
		err = g.reader.Reset(bytes.NewReader(packed))
	}
	if err != nil {
		return nil, nil // it only started like gzip
	}
	plain, err = io.ReadAll(io.LimitReader(g.reader, int64(n)+1))
	switch {
	case err != nil:
		return nil, errPacked
	case len(plain) > n:
		return nil, scan.ErrTooLarge
	}
	return plain, nil
}

// unpack returns what a text in base64 holds, at most n bytes, nil if it is not base64.
func (g *gunzip) unpack(text []byte, n int) (plain []byte, err error) {
	if bytes.IndexByte(text, '\\') >= 0 {
		// Escaped slashes, and line breaks as base64(1) makes them.
		text = bytes.ReplaceAll(text, []byte(`\/`), []byte("/"))
		text = bytes.ReplaceAll(bytes.ReplaceAll(text, []byte(`\n`), nil), []byte(`\r`), nil)
	}
	encoding := encodingOf(text)
	if encoding.DecodedLen(len(text)) > n {
		return nil, scan.ErrTooLarge
	}
	if plain, err = encoding.AppendDecode(nil, text); err != nil {
		return nil, nil
	}
	if bytes.HasPrefix(plain, gzipMagic) {
		return g.unzip(plain, n)
	}
	return plain, nil
}
