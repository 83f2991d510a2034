package s3

import (
	"context"
	"errors"
	"net/http"
)

// answer is what a server answered to one request. It is read before the SDK sees
// it, within bounds, and without trust that it is what it should be.
type answer struct {
	listing bool // the request asks for a page of a listing

	status  int // 0 if nothing came
	header  http.Header
	page    *page
	failed  *failure // an error that S3 answered with
	garbled *garbled // something that S3 does not answer to such a request
}

type answerKey struct{}

// expect returns the context of a request whose answer is kept in a.
func (a *answer) expect(ctx context.Context) context.Context {
	return context.WithValue(ctx, answerKey{}, a)
}

// answerReader is the transport below the SDK that fills in answers. The SDK sees
// the body of an object, and of everything else only the header.
type answerReader struct{ http.RoundTripper }

func (t answerReader) RoundTrip(r *http.Request) (*http.Response, error) {
	response, err := t.RoundTripper.RoundTrip(r)
	a, ok := r.Context().Value(answerKey{}).(*answer)
	if err != nil || !ok {
		return response, err
	}
	a.status, a.header = response.StatusCode, response.Header
	success := a.status/100 == 2
	if success && !a.listing {
		return response, nil
	}
	defer response.Body.Close()
	if !success {
		a.failed = parseFailure(response.Body)
	} else if err := a.readPage(response); err != nil {
		return nil, err
	}
	empty := *response
	empty.Body, empty.ContentLength = http.NoBody, 0
	return &empty, nil
}

// readPage reads a page. Its error is one of the network.
func (a *answer) readPage(response *http.Response) (err error) {
	a.page, err = parsePage(response.Body)
	encoding := a.header.Get("Content-Encoding")
	switch {
	case err == nil, errors.As(err, &a.failed):
		return nil
	case !errors.As(err, &a.garbled):
		return err
	case encoding != "" && encoding != "identity":
		a.garbled = &garbled{"the answer is compressed (" + clip(encoding, 30) + "), which was not asked for"}
	}
	return nil
}
