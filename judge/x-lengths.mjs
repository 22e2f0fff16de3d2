// Texts in (a JSON list on stdin), their lengths on X as twitter-text counts them out.
import { readFileSync } from 'node:fs';
import twitter from 'twitter-text';

const texts = JSON.parse(readFileSync(0, 'utf8'));
console.log(JSON.stringify(texts.map((text) => twitter.parseTweet(text).weightedLength)));
