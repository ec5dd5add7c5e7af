"""What the model card says in every version."""

INTRODUCTION = """\
# Model card: {name} {version}

Says of a public post how likely it is hate, as Headwater's codebook means it, and whom it is aimed
at. It serves the **share of hate over many posts of a place and a time**, corrected by the error
rates below. It reads in two stages. The first adds up hashed n-grams of letters and words from one
table of small whole numbers: a logistic regression for hate and one for each of eleven groups;
beside other words, the name of a group (`names.txt`) is read as that of any group. The second is an
encoder: multilingual E5 (small), its words cut to those in use; they and its four lowest layers as they
came, the other eight taught by us, all in whole numbers of eight bits.

| effort | what the encoder reads | score |
| --- | --- | --- |
| fast | nothing | the n-grams' |
| balanced | posts that the n-grams score above {counted}, or {each} where texts are judged one by one | {share:.0f} % the encoder's, the rest the n-grams'; else the n-grams' |
| thorough | every post | {share:.0f} % the encoder's, the rest the n-grams' |

## Use

- **Intended**: estimates of prevalence over places and weeks, with their intervals.
- **Forbidden**: any decision on, score of, or list of persons or single posts; takedown; police
  work on individuals; ranking of groups or neighbourhoods by raw output.
- **Languages measured**: {languages}: their errors are known, posts may be counted.
- **Languages transferred**: {transferred}: the encoder alone judges single texts, by what it learnt
  of other languages and of posts of our own making. No share is estimated until people have
  labelled a sample; reports leave these posts out and say how many. `fast` does not know them.
- In every other language, and on posts of fewer than three words or twelve letters, it abstains,
  and reports count how often.
- Whether a post is hate depends on who says it to whom. Irony, coded words, counter-speech by
  quote, reclaimed words and minority religious language mislead a model like this one.
- A post of several sentences is read whole and in parts, and the odds of its parts are added up and
  divided by the root of how many they are: so hate beside harmless sentences shows, and long posts
  are flagged a little oftener by chance. The errors below are of posts read so. Of a post of seven
  sentences, one of them hateful, more is still missed than of that one alone. Many times the same few
  words are taken for more.
- `political` is hostility apart: a post aimed at political opponents alone is not counted as hate.
"""

METHOD = """\
## How far it errs in a place it has not seen

A town is a new source. So each source was left out of training in turn and then scored: every
collected set, and each of four parts of our own made-up text, with families of its own (a family
is one way to be hostile, or one kind of harmless talk). Towns were made of what was left out:

- **Hate**: a quarter, half or three quarters of it from a collected set whose label is hate, the
  rest plain hate of one part of our own. Collected hate, much of it picked or written to be hard,
  is found far less often than plain hate: both stand below. **The mixture is our assumption.**
  In 0, half or all of them a town's plain posts are of templates that the model knows, filled anew;
  else of families it has not met. This was widened after the fictional town had shown that
  families left out alone put sensitivity too low.
- **Other talk**: civil talk of a collected set and of our own, of which 3 to 7 % name a group, and
  5 or 10 % warm talk on top: half pointed but harmless mentions of groups (our own: support,
  counter-speech, news), half rude or bitter (collected in places of much hate, and our own).
  **This share is our assumption too**, settled after a wider one was tried: with towns of 20 % warm
  talk as well, the half-width of version 1.1.0 (n-grams alone) at 2 % was 2.7 points in English and
  3.6 in German, and the sensitivity 18 and 23 %. Where talk is hostile throughout, or mostly about
  groups, more is flagged falsely than assumed and estimates come out too high.

*Sensitivity* and *false positives* are the mean and spread (sd) for a new town, the spread widened by
Student's t for the few sources that towns are made of (our own four parts count as sources: German has
two collected ones, which alone could not tell a spread). The threshold of each language is the one
at which the corrected share errs least over 0.5, 1, 2 and 3 % of hate. *Half-width*: of the 95 %
interval, however many posts there are. *Coverage* (how often it held the truth) and *error* (root
mean square) are of towns that shared no source with those that chose their threshold and corrected
them, but for one that all towns have (in German, the heated talk). German has few collected sets with hate: two, one of them written to mislead. What the encoder
says of a source left out is said by one that learnt less than half as long as what ships, four to six
sources left out at a time; its scores are put on the scale of what ships by the development posts of
sources that both have learnt from (linear equating).
"""

CALIBRATION = """\
`hate_probability` is calibrated per language on left-out sources, at 5 % hate, each source counting
the same. It is a rank with a scale, not a belief about one post. Two thresholds stand on it. Posts
that are **counted** are flagged at the one above: few false alarms, known errors. A text that is
**judged for itself** (`headwater classify`) is called hate from where macro-F1, averaged over
sources left out, is highest: where half of the texts may be hate.
"""
