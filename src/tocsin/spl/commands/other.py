"""Every other command of SPL: its shape is read, its meaning is not known yet."""

from __future__ import annotations

from tocsin.spl.ast import Command, Subsearch
from tocsin.spl.cursor import Cursor


class Other(Command, frozen=True):
    """`name` in lower case; `text` is the arguments as written; `subsearches` are the `[ ... ]` in them."""

    name: str
    text: str
    subsearches: tuple[Subsearch, ...] = ()


# The commands of Splunk's search reference that have no module of their own here.
_REFERENCE = """
abstract accum addcoltotals addinfo addtotals analyzefields anomalies anomalousvalue anomalydetection append
appendcols appendpipe arules associate audit autoregress bucketdir chart cluster cofilter collect concurrency
contingency correlate counttable crawl createrss ctable datamodel datamodelsimple dbinspect delete delta diff dump
entitymerge erex eventcount extract fieldformat fieldsummary filldown findkeywords findtypes folderize foreach
format from fromjson gauge gentimes geom geomfilter geostats highlight history iconify inputcsv inputintelligence
inputlookup internalinputcsv iplocation join kmeans kv kvform loadjob localize localop makecontinuous makejson
makemv makeresults map mcatalog mcollect metadata metasearch meventcollect mpreview msearch mstats multikv
multisearch mvcombine noop nomv outlier outputcsv outputlookup outputtext overlap pivot predict rangemap rare
rawstats redistribute reltime replace require rest return reverse rtorder run runshellscript savedsearch script
scrub searchtxn selfjoin sendalert sendemail set setfields sichart sirare sistats sitimechart sitop strcat
streamstats surrounding tags tail timechart timewrap tojson top transaction transpose trendline tscollect tstats
typeahead typelearner typer union uniq untable walklex x11 xmlkv xmlunescape xpath xsdisplaycontext xyseries
"""
COMMANDS = tuple(_REFERENCE.split())
# Commands that apps bring along: the machine learning toolkit's, and those that shipped detections call.
_APPS = """
apply deletemodel fit listmodels sample score summary awssnsalert cyberchef dbxlookup dbxoutput dbxquery dnstwist
snowevent snowincident
"""
APP_COMMANDS = tuple(_APPS.split())
# Those that begin a search, and so make one wonder if they follow no pipe.
_FIRST = """
datamodel dbinspect dbxquery eventcount from gentimes inputcsv inputintelligence inputlookup loadjob makeresults
mcatalog metadata metasearch mpreview msearch mstats multisearch pivot rest savedsearch tstats typeahead union
walklex
"""
GENERATING = tuple(_FIRST.split())


def parse(cursor: Cursor) -> Other:
    start = cursor.keyword[1]
    name = cursor.reading.text[cursor.keyword[0] : start].lower()
    subsearches: list[Subsearch] = []
    while (opening := cursor.next_bracket()) is not None:
        cursor.at = opening
        subsearches.append(cursor.subsearch())
    text = cursor.reading.text[start : cursor.end].strip()
    cursor.at = cursor.end
    return Other(name, text, tuple(subsearches), **cursor.identity())


def to_text(command: Other) -> str:
    return f"{command.name} {command.text}".strip()
