package s3

import (
	"encoding/xml"
	"io"
	"strings"
)

// maxRefusal is how much of an error document is read. Those of S3 have less
// than a kilobyte.
const maxRefusal = 64 << 10

// maxDepth is how many levels of XML an answer may have. A page has four.
const maxDepth = 16

// refusal is an error that S3 answers with.
// https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
type refusal struct{ code, message string }

func (r *refusal) Error() string {
	if r.message == "" || r.message == r.code {
		return r.code
	}
	return r.code + ": " + r.message
}

// parseRefusal reads an error document, as far as it is one: of what is not, the
// code stays empty.
func parseRefusal(body io.Reader) *refusal {
	d := xml.NewDecoder(io.LimitReader(body, maxRefusal))
	for {
		token, err := d.Token()
		if err != nil {
			return &refusal{}
		}
		if root, ok := token.(xml.StartElement); ok {
			if root.Name.Local != "Error" {
				return &refusal{}
			}
			return readRefusal(d)
		}
	}
}

// readRefusal reads an error document behind the start of its root. What is
// broken or too long ends it: the code comes first.
func readRefusal(d *xml.Decoder) *refusal {
	r := &refusal{}
	var text strings.Builder
	for depth := 1; depth > 0 && depth <= maxDepth; {
		token, err := d.Token()
		if err != nil {
			break
		}
		switch t := token.(type) {
		case xml.StartElement:
			depth++
			text.Reset()
		case xml.CharData:
			text.Write(t)
		case xml.EndElement:
			depth--
			switch {
			case depth == 1 && t.Name.Local == "Code":
				r.code = text.String()
			case depth == 1 && t.Name.Local == "Message":
				r.message = text.String()
			}
		}
	}
	return r
}
