package envelope

import (
	"bytes"
	"encoding/base64"
	"errors"
	"io"

	"github.com/klauspost/compress/gzip"

	"trail403/ingest/scan"
)

// openText opens a value that is written into a string: JSON, or JSON in base64, which
// may be compressed with gzip, as CloudWatch Logs hands it to Lambda and Kinesis.
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/SubscriptionFilters.html
func (o *Opener) openText(value []byte, nesting int, expected bool) (Kind, error) {
	const shortest = len(`"{}"`)
	if len(value) < shortest {
		return Foreign, nil
	}
	if expected && bytes.HasPrefix(value, []byte(`"CWL CONTROL MESSAGE`)) {
		return Control, nil
	}
	inner := value[1 : len(value)-1]
	if packed := startsPacked(inner); packed {
		return o.openPacked(inner, nesting, expected)
	}
	if bytes.IndexByte(inner, '{') < 0 {
		return Foreign, nil
	}
	s, _ := scan.Text(value)
	if o.left -= len(s); o.left < 0 {
		return Foreign, scan.ErrTooLarge
	}
	return o.openPlain([]byte(s), nesting, expected)
}

// openPlain opens a text that holds JSON, alone or in lines that may say something
// else before and after it. A text that does not holds no record.
func (o *Opener) openPlain(text []byte, nesting int, expected bool) (Kind, error) {
	text = bytes.TrimSpace(text)
	if len(text) > 0 && (text[0] == '{' || text[0] == '[') && scan.Valid(text) {
		return o.open(text, nesting-1, expected)
	}
	all := Foreign
	if bytes.IndexByte(text, '{') < 0 {
		return all, nil
	}
	for line := range bytes.Lines(text) {
		kind, err := o.openLine(line, nesting)
		if err != nil {
			return kind, err
		}
		if kind != Foreign && all != Records {
			all = kind
		}
	}
	if all == Foreign {
		return all, o.judge(text)
	}
	return all, nil
}

// OpenLine opens a line of a text that is not JSON, such as one of syslog's, which
// holds one JSON value and may say something else before and after it.
func (o *Opener) OpenLine(line []byte, found func(record []byte) error) (Kind, error) {
	o.start(found)
	return o.openLine(line, maxNesting)
}

func (o *Opener) openLine(line []byte, nesting int) (Kind, error) {
	if value := jsonIn(line, '{', '}'); value != nil {
		return o.open(value, nesting-1, false)
	}
	if value := jsonIn(line, '[', ']'); value != nil {
		return o.open(value, nesting-1, false)
	}
	return Foreign, nil
}

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

// openPacked opens a text in base64. One that is not holds no record.
func (o *Opener) openPacked(text []byte, nesting int, expected bool) (Kind, error) {
	if bytes.IndexByte(text, '\\') >= 0 {
		// Escaped slashes, and line breaks as base64(1) makes them.
		text = bytes.ReplaceAll(text, []byte(`\/`), []byte("/"))
		text = bytes.ReplaceAll(bytes.ReplaceAll(text, []byte(`\n`), nil), []byte(`\r`), nil)
	}
	encoding := encodingOf(text)
	if o.left -= encoding.DecodedLen(len(text)); o.left < 0 {
		return Foreign, scan.ErrTooLarge
	}
	plain, err := encoding.AppendDecode(nil, text)
	if err != nil {
		return Foreign, nil
	}
	if bytes.HasPrefix(plain, gzipMagic) {
		plain, err = o.unzip(plain, o.left)
		switch {
		case err != nil:
			return Foreign, err
		case plain == nil:
			return Foreign, nil
		}
		o.left -= len(plain)
	}
	return o.openPlain(plain, nesting, expected)
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
