package s3

import (
	"io"
	"log"
)

// quiet keeps the HTTP client of the standard library from writing on standard
// error, such as "Unsolicited response received on idle HTTP channel" with what
// the server sent. It has no logger that could be set, only the default one,
// which nothing else in this program uses.
func quiet() { log.SetOutput(io.Discard) }
