package live

import (
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
)

// maxAnswer is how many bytes an answer may have. The largest is a page of VPC endpoints or
// a policy, which have some hundred kilobytes at most.
const maxAnswer = 4 << 20

var (
	errLong    = errors.New("the answer is larger than 4 MiB")
	errGarbled = errors.New("the answer is not one that AWS gives")
)

// apiError is an error that a service answered with. Its texts are hostile.
type apiError struct {
	status        int
	code, message string
	region        string // where the bucket is
}

func (e *apiError) Error() string {
	if !errorCode.MatchString(e.code) {
		return fmt.Sprintf("AWS answered with status %d", e.status)
	}
	return "AWS answered with " + e.code
}

// is says whether the error has one of the codes.
func (e *apiError) is(codes ...string) bool {
	for _, code := range codes {
		if e.code == code {
			return true
		}
	}
	return false
}

// isCode says whether an error is one that a service answered with, with one of the codes.
func isCode(err error, codes ...string) bool {
	var e *apiError
	return errors.As(err, &e) && e.is(codes...)
}

// readAnswer reads the body of an answer. Its errors are those of the network, or an
// [apiError].
func readAnswer(response *http.Response) ([]byte, error) {
	body, err := io.ReadAll(io.LimitReader(response.Body, maxAnswer+1))
	switch {
	case err != nil:
		return nil, err
	case len(body) > maxAnswer:
		return nil, errLong
	case response.StatusCode/100 == 2:
		return body, nil
	}
	e := &apiError{status: response.StatusCode}
	if strings.HasPrefix(strings.TrimSpace(string(body[:min(len(body), 64)])), "{") {
		e.readJSON(body)
	} else {
		e.readXML(body)
	}
	if region := response.Header.Get("X-Amz-Bucket-Region"); regionName.MatchString(region) {
		e.region = region
	}
	return nil, e
}

func (e *apiError) readJSON(body []byte) {
	var in struct {
		Type    string `json:"__type"`
		Message string `json:"message"` // names of members match in any case
	}
	if json.Unmarshal(body, &in) == nil {
		e.code, e.message = in.Type[strings.LastIndexByte(in.Type, '#')+1:], in.Message
	}
}

// xmlError is an error in any of the forms: by itself, in ErrorResponse, or in Response and
// Errors.
type xmlError struct {
	Code, Message, Region string
	Error, Errors         *xmlError
}

func (e *apiError) readXML(body []byte) {
	var in xmlError
	if xml.Unmarshal(body, &in) != nil {
		return
	}
	at := &in
	for at.Code == "" && (at.Errors != nil || at.Error != nil) {
		if at.Errors != nil {
			at = at.Errors
		} else {
			at = at.Error
		}
	}
	e.code, e.message = at.Code, at.Message
	if regionName.MatchString(at.Region) {
		e.region = at.Region
	}
}

// readXML reads an answer in XML.
func readXML[T any](body []byte, err error) (*T, error) {
	out := new(T)
	if err == nil && xml.Unmarshal(body, out) != nil {
		err = errGarbled
	}
	return out, err
}

// readJSON reads an answer in JSON.
func readJSON[T any](body []byte, err error) (*T, error) {
	out := new(T)
	if err == nil && json.Unmarshal(body, out) != nil {
		err = errGarbled
	}
	return out, err
}
