package cli

import (
	"errors"
	"fmt"
	"os"
	"regexp"
	"strings"

	"github.com/spf13/pflag"

	"trail403/ingest"
	"trail403/ingest/source"
	"trail403/ingest/source/s3"
)

// sourceOptions are the flags that say where objects come from and which.
type sourceOptions struct {
	regions     []string
	objectsFrom string
	s3          s3.Options
	dryRun      bool
}

func (o *sourceOptions) flags(fs *pflag.FlagSet) {
	fs.StringSliceVar(&o.regions, "aws-region", nil, "only objects of `REGION`, as paths tell; may be repeated or hold several, with commas")
	fs.StringVar(&o.objectsFrom, "objects-from", "", "read the objects that `FILE` names (- is standard input): an S3 URL, a key of SOURCE s3://BUCKET, or a path a line, or notices of SNS and SQS")
	fs.BoolVar(&o.dryRun, "dry-run", false, "list only, and say what would be read")
	fs.IntVar(&o.s3.InFlight, "fetchers", ingest.DefaultFetchers, "make `N` requests of S3 at a time")
	fs.StringVar(&o.s3.Profile, "profile", "", "use `PROFILE` of the AWS configuration")
	fs.StringVar(&o.s3.Region, "region", "", "ask S3 in `REGION` first; that of a bucket is found by itself")
	fs.StringVar(&o.s3.Endpoint, "endpoint-url", "", "use the S3 server at `URL`")
	fs.BoolVar(&o.s3.RequestPayer, "request-payer", false, "pay for the requests to requester-pays buckets")
}

var awsRegion = regexp.MustCompile(`^[a-z]{2,5}(-[a-z]+){1,3}-\d$`)

// check refuses values that no flag can have.
func (o *sourceOptions) check() error {
	for _, r := range o.regions {
		if !awsRegion.MatchString(r) {
			return usagef("--aws-region %q is no Region", r).hint("write it as in us-east-1")
		}
	}
	if o.s3.InFlight < 1 || o.s3.InFlight > 10_000 {
		return usagef("--fetchers %d is out of range", o.s3.InFlight).hint("it can be from 1 to 10000; S3 serves some 5,500 requests a second for a prefix")
	}
	if e := o.s3.Endpoint; e != "" && !strings.HasPrefix(e, "http://") && !strings.HasPrefix(e, "https://") {
		return usagef("--endpoint-url begins with http:// or https://")
	}
	return nil
}

// narrow sets what the flags say of objects and their fetching.
func (o *sourceOptions) narrow(to ingest.Options) ingest.Options {
	to.Regions, to.Fetchers, to.Retry = o.regions, o.s3.InFlight, o.s3.Retry
	return to
}

// opened are the sources of a run.
type opened struct {
	sources []source.Source
	s3      *s3.Client
	buckets []string
	list    *os.File
}

func (o *opened) close() {
	o.s3.Close()
	if o.list != nil {
		o.list.Close()
	}
}

// open opens the sources that the arguments name. Whether they are there shows
// when they are listed.
func (o *sourceOptions) open(env Env, args []string) (*opened, error) {
	all := &opened{s3: s3.New(o.s3)}
	if o.objectsFrom != "" {
		return all, o.openList(env, args, all)
	}
	if len(args) == 0 {
		return nil, usagef("no SOURCE given").hint("name a folder or file of CloudTrail, s3://BUCKET/PREFIX, or - for standard input: trail403 report ./AWSLogs")
	}
	stdin := false
	for _, a := range args {
		switch {
		case a == "-" && stdin:
			return nil, usagef("standard input is given twice")
		case a == "-":
			stdin = true
			all.sources = append(all.sources, source.Stdin{Reader: env.Stdin})
		case source.IsLocation(a):
			place, err := parseLocation(a)
			if err != nil {
				return nil, err
			}
			all.buckets = append(all.buckets, place.Bucket)
			all.sources = append(all.sources, source.Bucket{Store: all.s3, Location: place})
		case a == "":
			return nil, usagef("a SOURCE is empty").hint("an unset variable in a script?")
		default:
			all.sources = append(all.sources, source.Local{Path: a})
		}
	}
	return all, nil
}

// openList opens a list of objects.
func (o *sourceOptions) openList(env Env, args []string, all *opened) (err error) {
	list := source.Listed{Lines: env.Stdin, Name: "standard input", Store: all.s3}
	switch {
	case len(args) > 1 || len(args) == 1 && !source.IsLocation(args[0]):
		return usagef("--objects-from together with other sources").hint("the one SOURCE beside it can be s3://BUCKET, in which the keys lie that it names")
	case len(args) == 1:
		place, err := parseLocation(args[0])
		if err != nil {
			return err
		}
		if place.Key != "" {
			return usagef("--objects-from with a SOURCE that is more than a bucket").hint("keys are whole: name the bucket alone, s3://%s", place.Bucket)
		}
		list.Bucket = place.Bucket
	}
	if o.objectsFrom != "-" {
		if all.list, err = os.Open(o.objectsFrom); err != nil {
			return fmt.Errorf("reading the list %s: %w", o.objectsFrom, pathCause(err))
		}
		list.Lines, list.Name = all.list, o.objectsFrom
	}
	if list.Bucket != "" {
		all.buckets = []string{list.Bucket}
	}
	all.sources = []source.Source{list}
	return nil
}

// parseLocation reads a SOURCE in S3. What it says of a wrong one does not hold
// the query of a URL, which may be a signature.
func parseLocation(text string) (source.Location, error) {
	place, err := source.ParseLocation(text)
	if err == nil {
		return place, nil
	}
	shown, _, _ := strings.Cut(source.HidePassword(text), "?")
	wrong := usagef("SOURCE %s: %w", shown, err)
	switch {
	case errors.Is(err, source.ErrScheme), errors.Is(err, source.ErrBucket):
		return place, wrong.hint("for instance s3://my-trail-bucket/AWSLogs/; a local path that looks like a URL can be written ./%s", shown)
	case errors.Is(err, source.ErrWebsite):
		return place, wrong.hint("copy the address of the bucket or folder from the S3 console, or its S3 URI")
	}
	return place, wrong
}

// sourceHint says what to do about a source that cannot be read.
func sourceHint(err error) error {
	var of *s3.Error
	if errors.As(err, &of) && of.Hint != "" {
		return hintedError{err, []string{of.Hint}}
	}
	var nothing *source.NothingThere
	if errors.As(err, &nothing) {
		hint := "check the prefix; the bucket is empty"
		if len(nothing.Folders) > 0 {
			hint = "check the prefix; at its top the bucket holds " + strings.Join(nothing.Folders, " ")
		}
		return hintedError{err, []string{hint}}
	}
	return err
}
