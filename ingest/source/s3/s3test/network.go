package s3test

import (
	"context"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strings"
	"sync/atomic"
	"time"
)

// Network is a bad network in front of a server. The number of a request decides
// its fault, not chance: of 100 requests, 2 get SlowDown, the connection of one is
// reset, and the body of one is cut short.
type Network struct {
	Latency time.Duration
	Faulty  bool
	Stall   func(n int64) bool // says whether the body of the nth request stalls
	// Answer returns true if it answered a request in place of the server.
	Answer func(w http.ResponseWriter, r *http.Request) bool

	Requests, InFlight, MostInFlight atomic.Int64
	Faults                           atomic.Int64
}

type nth struct{}

// Start puts the network in front of a server until it is stopped.
func (n *Network) Start(server string) (address string, stop func()) {
	target, err := url.Parse(server)
	if err != nil {
		panic(err)
	}
	transport := &http.Transport{MaxIdleConnsPerHost: 256, DisableCompression: true}
	forward := &httputil.ReverseProxy{
		Rewrite: func(r *httputil.ProxyRequest) {
			r.SetURL(target)
			r.Out.Host = r.In.Host // it is signed
		},
		Transport:      transport,
		ModifyResponse: n.spoil,
		ErrorHandler:   func(w http.ResponseWriter, _ *http.Request, _ error) { w.WriteHeader(http.StatusBadGateway) },
		ErrorLog:       log.New(io.Discard, "", 0), // of bodies that were cut short
	}
	front := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		i := n.Requests.Add(1)
		now := n.InFlight.Add(1)
		defer n.InFlight.Add(-1)
		for most := n.MostInFlight.Load(); now > most && !n.MostInFlight.CompareAndSwap(most, now); {
			most = n.MostInFlight.Load()
		}
		if n.Latency > 0 {
			select {
			case <-time.After(n.Latency):
			case <-r.Context().Done():
				return
			}
		}
		switch {
		case n.Answer != nil && n.Answer(w, r):
		case n.Faulty && i%50 == 7:
			n.Faults.Add(1)
			Refuse(w, http.StatusServiceUnavailable, "SlowDown", "Please reduce your request rate.")
		case n.Faulty && i%100 == 31:
			n.Faults.Add(1)
			reset(w)
		default:
			forward.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), nth{}, i)))
		}
	}))
	front.Start()
	return front.URL, func() {
		front.CloseClientConnections()
		front.Close()
		transport.CloseIdleConnections()
	}
}

// spoil cuts bodies short and stalls them.
func (n *Network) spoil(r *http.Response) error {
	i := r.Request.Context().Value(nth{}).(int64)
	if r.Request.Method != http.MethodGet || r.ContentLength < 2 {
		return nil
	}
	switch {
	case n.Stall != nil && n.Stall(i):
		n.Faults.Add(1)
		r.Body = struct {
			io.Reader
			io.Closer
		}{io.MultiReader(io.LimitReader(r.Body, r.ContentLength/2), forever{r.Request.Context()}), r.Body}
	case n.Faulty && i%100 == 63:
		n.Faults.Add(1)
		r.Body = struct {
			io.Reader
			io.Closer
		}{io.LimitReader(r.Body, r.ContentLength/2), r.Body}
	}
	return nil
}

// forever is a body that never arrives.
type forever struct{ ctx context.Context }

func (f forever) Read([]byte) (int, error) {
	<-f.ctx.Done()
	return 0, f.ctx.Err()
}

func reset(w http.ResponseWriter) {
	c, _, err := w.(http.Hijacker).Hijack()
	if err != nil {
		return
	}
	if tcp, ok := c.(*net.TCPConn); ok {
		tcp.SetLinger(0)
	}
	c.Close()
}

// Refuse answers with an error of S3.
func Refuse(w http.ResponseWriter, status int, code, message string) {
	w.Header().Set("Content-Type", "application/xml")
	w.WriteHeader(status)
	escape := strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")
	fmt.Fprintf(w, `<?xml version="1.0" encoding="UTF-8"?>`+"\n<Error><Code>%s</Code><Message>%s</Message>"+
		"<RequestId>4442587FB7D0A2F9</RequestId></Error>", code, escape.Replace(message))
}
