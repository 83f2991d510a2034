package s3

import (
	"encoding/xml"
	"io"
	"strings"
)

// maxFailure is how many bytes of an error document are read. Those of S3 have
// less than a kilobyte.
const maxFailure = 64 << 10

// maxDepth is how many levels of XML an answer may have. A page has four.
const maxDepth = 16

// failure is an error that a server answers with. The code is empty if the server
// did not send an error document of S3.
// https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
type failure struct{ code, message string }

func (r *failure) Error() string {
	if r.message == "" || r.message == r.code {
		return r.code
	}
	return r.code + ": " + r.message
}

// parseFailure reads an error document. If the answer is something else, the code
// stays empty.
func parseFailure(body io.Reader) *failure {
	d := xml.NewDecoder(io.LimitReader(body, maxFailure))
	for {
		token, err := d.Token()
		if err != nil {
			return &failure{}
		}
		if root, ok := token.(xml.StartElement); ok {
			if root.Name.Local != "Error" {
				return &failure{}
			}
			return readFailure(d)
		}
	}
}

// readFailure reads an error document after the start of its root. It stops where
// the document is broken or too long, and keeps what it has read: the code comes
// first.
func readFailure(d *xml.Decoder) *failure {
	r := &failure{}
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
