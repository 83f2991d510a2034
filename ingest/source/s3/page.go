package s3

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Limits of a page. S3 sends up to 1,000 keys of up to 1,024 bytes. A page usually
// has about 400 KB. Other servers allow longer keys, but none longer than a path.
const (
	maxPage    = 4 << 20  // S3 needs 3.4 MiB if each byte of 1,000 long keys is encoded
	maxToken   = 64 << 10 // a tag, a text or a comment
	maxEntries = 10_000
	maxKey     = 4096
	maxSize    = 1 << 46 // 64 TiB; an object in S3 has at most 50 TB
)

// entry is a key on a page, or a folder in place of all keys in it.
type entry struct {
	key     string
	size    int64
	version uint64 // of the ETag, 0 without one
	folder  bool
}

// compareEntries compares as S3 sorts. An object can have the name of a folder.
func compareEntries(a, b entry) int {
	switch order := strings.Compare(a.key, b.key); {
	case order != 0 || a.folder == b.folder:
		return order
	case b.folder:
		return -1
	}
	return 1
}

// page is what one answer to ListObjectsV2 holds.
type page struct {
	entries   []entry // sorted, each once
	token     string  // of the next page
	truncated string  // "true" or "false", as written in the answer
	encoding  string
	unordered bool // whether the answer has the entries out of order
}

// garbled is the error of an answer that is not what S3 answers.
type garbled struct{ what string }

func (g *garbled) Error() string { return g.what }

func garbledf(format string, args ...any) error { return &garbled{fmt.Sprintf(format, args...)} }

// parsePage reads the XML of a page. Its error is a *garbled, a *failure, or an
// error of the network. It replaces the parser of the SDK, which takes an answer
// that is empty, cut off or something else for a page without keys, and which
// reads an answer of any length. Many pages may be read at a time, so the memory
// for each is bounded too.
// https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html
func parsePage(body io.Reader) (*page, error) {
	limited := &io.LimitedReader{R: body, N: maxPage + 1}
	start := &starting{r: limited}
	d := xml.NewDecoder(start)
	d.CharsetReader = func(charset string, _ io.Reader) (io.Reader, error) {
		return nil, garbledf("the answer is XML in the encoding %q instead of UTF-8", clip(charset, 30))
	}
	p := &page{}
	err := p.read(tokens{d, start})
	var syntax *xml.SyntaxError
	var known *garbled
	var failed *failure
	switch {
	case limited.N <= 0:
		return nil, garbledf("one page of the listing is larger than %d MiB", maxPage>>20)
	case err == nil:
		if err := p.decode(); err != nil {
			return nil, err
		}
		return p, nil
	case start.isHTML():
		return nil, garbledf("the answer is an HTML page instead of a listing")
	case start.err != nil:
		return nil, start.err
	case errors.As(err, &known):
		return nil, known
	case errors.As(err, &failed):
		return nil, failed
	case err == io.EOF && strings.TrimSpace(string(start.seen)) == "":
		return nil, garbledf("the answer is empty")
	case err == io.EOF:
		return nil, garbledf("the answer is not XML")
	case errors.As(err, &syntax) && syntax.Msg == "unexpected EOF":
		return nil, garbledf("the answer ends in the middle of the listing")
	case errors.As(err, &syntax):
		return nil, garbledf("the answer is broken XML (line %d: %s)", syntax.Line, clip(syntax.Msg, 100))
	}
	return nil, garbledf("the answer is broken XML (%s)", clip(err.Error(), 100))
}

// read reads the document to its end.
func (p *page) read(d tokens) error {
	if err := readRoot(d); err != nil {
		return err
	}
	path := []string{"ListBucketResult"}
	var text strings.Builder
	current := entry{size: -1}
	for len(path) > 0 {
		token, err := d.Token()
		if err != nil {
			return err
		}
		switch t := token.(type) {
		case xml.StartElement:
			if path = append(path, t.Name.Local); len(path) > maxDepth {
				return garbledf("the XML of the answer nests too deeply")
			}
			text.Reset()
		case xml.CharData:
			text.Write(t)
		case xml.EndElement:
			if err := p.element(path, text.String(), &current); err != nil {
				return err
			}
			path = path[:len(path)-1]
			text.Reset()
		}
	}
	return readEnd(d)
}

// readRoot reads to the start of the document's root.
func readRoot(d tokens) error {
	for {
		token, err := d.Token()
		if err != nil {
			return err
		}
		if root, ok := token.(xml.StartElement); ok {
			switch name := root.Name.Local; name {
			case "ListBucketResult":
				return nil
			case "Error": // S3 may find an error after it has sent the status
				return readFailure(d.Decoder)
			default:
				return garbledf("the answer is a document of another kind, %q, instead of a listing", clip(name, 30))
			}
		}
	}
}

// readEnd reads what follows the root of the document, which must be white space.
func readEnd(d tokens) error {
	for {
		token, err := d.Token()
		if err == io.EOF {
			return nil
		} else if err != nil {
			return err
		}
		text, ok := token.(xml.CharData)
		if _, comment := token.(xml.Comment); !comment && (!ok || strings.TrimSpace(string(text)) != "") {
			return garbledf("something follows the listing in the answer")
		}
	}
}

// element handles an element at its end.
func (p *page) element(path []string, text string, current *entry) error {
	switch name := path[len(path)-1]; len(path) {
	case 2:
		err := p.child(name, text, *current)
		*current = entry{size: -1}
		return err
	case 3:
		return current.child(path[1], name, text)
	}
	return nil
}

// child handles an element directly below the root: a property of the page, or an
// entry, whose own elements were read into current.
func (p *page) child(name, text string, current entry) error {
	switch name {
	case "IsTruncated":
		p.truncated = strings.TrimSpace(text)
	case "NextContinuationToken":
		p.token = text
	case "EncodingType":
		p.encoding = text
	case "Contents", "CommonPrefixes":
		if current.key == "" {
			return garbledf("the listing has an entry without a key")
		}
		current.folder = name == "CommonPrefixes"
		if p.entries = append(p.entries, current); len(p.entries) > maxEntries {
			return garbledf("one page of the listing has more than %d entries", maxEntries)
		}
	}
	return nil
}

// child handles an element of an entry. The name of the entry's own element is parent.
func (e *entry) child(parent, name, text string) error {
	switch {
	case parent == "Contents" && name == "Key", parent == "CommonPrefixes" && name == "Prefix":
		if e.key != "" {
			return garbledf("the listing has an entry with two keys")
		}
		e.key = text
	case parent == "Contents" && name == "Size":
		size, err := strconv.ParseInt(strings.TrimSpace(text), 10, 64)
		if err != nil || size < 0 || size > maxSize {
			return garbledf("the listing has an object of an impossible size, %q bytes", clip(text, 30))
		}
		e.size = size
	case parent == "Contents" && name == "ETag" && strings.Trim(text, etagFrame) != "":
		e.version = versionOf(text, time.Time{})
	case parent == "Contents" && name == "LastModified" && e.version == 0:
		if at, err := time.Parse(time.RFC3339, strings.TrimSpace(text)); err == nil {
			e.version = versionOf("", at)
		}
	}
	return nil
}

// decode undoes the encoding of the keys, which may hold characters that XML
// cannot hold. It sorts the entries and drops repeated ones.
func (p *page) decode() error {
	for i := range p.entries {
		e := &p.entries[i]
		if p.encoding == "url" {
			if plain, err := url.QueryUnescape(e.key); err == nil {
				e.key = plain
			}
		}
		if len(e.key) > maxKey {
			return garbledf("the listing has a key of %d bytes", len(e.key))
		}
	}
	p.unordered = !slices.IsSortedFunc(p.of(false), compareEntries) || !slices.IsSortedFunc(p.of(true), compareEntries)
	slices.SortStableFunc(p.entries, compareEntries)
	p.entries = slices.CompactFunc(p.entries, func(a, b entry) bool { return compareEntries(a, b) == 0 })
	return nil
}

// of returns the keys or the folders, which S3 lists and sorts separately.
func (p *page) of(folders bool) []entry {
	return slices.DeleteFunc(slices.Clone(p.entries), func(e entry) bool { return e.folder != folders })
}

// tokens reads tokens of XML, each of bounded size.
type tokens struct {
	*xml.Decoder
	from *starting
}

func (t tokens) Token() (xml.Token, error) {
	t.from.token = 0
	return t.Decoder.Token()
}

// starting remembers how a stream starts, how much was read for the current token,
// and the error the stream ends with.
type starting struct {
	r     io.Reader
	seen  []byte
	token int
	err   error
}

func (s *starting) Read(b []byte) (int, error) {
	n, err := s.r.Read(b)
	if s.token += n; s.token > maxToken {
		err = garbledf("the XML of the answer has a part of more than %d KiB", maxToken>>10)
	}
	if err != io.EOF {
		s.err = err
	}
	s.seen = append(s.seen, b[:min(n, 512-len(s.seen))]...)
	return n, err
}

func (s *starting) isHTML() bool {
	text := strings.ToLower(string(s.seen))
	return strings.Contains(text, "<!doctype html") || strings.Contains(text, "<html")
}
