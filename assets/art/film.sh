#!/bin/sh
# Makes the sample film: the pictures of one case pass by slowly, with a few quiet tones; needs
# ffmpeg.
# usage: assets/art/film.sh [FILE]
set -eu
out=${1:+$(realpath "$1")}
cd "$(dirname "$0")/../sample/平安社区/十分钟疏散：一次没有预告的消防演练（星河工业大学）"
out=${out:-04 演练的十分钟.mp4}
size=1280x720
# Two whole pixels from one frame to the next: nothing trembles, and there is little to store.
across="scale=1560:-2,crop=1280:720:x='min(2*n,280)':y=(ih-720)/2"
back="scale=1560:-2,crop=1280:720:x='280-min(2*n,280)':y=(ih-720)/2"
down="scale=1440:-2,crop=1280:720:x=80:y='min(2*n,ih-720)'"
still="fps=25,setsar=1,format=yuv420p"
tone() { # FREQUENCY AT
    echo "if(gte(t,$2),0.09*sin(2*PI*$1*t)*exp(-1.4*(t-$2))*min(1,(t-$2)*40),0)"
}
music="$(tone 523.25 0.4)+$(tone 659.25 1.2)+$(tone 783.99 2.0)+$(tone 587.33 3.9)+$(tone 698.46 4.7)"
music="$music+$(tone 880 5.5)+$(tone 659.25 7.4)+$(tone 783.99 8.2)+$(tone 1046.5 9.0)"
ffmpeg -loglevel error -y \
    -loop 1 -framerate 25 -t 4.5 -i 01*.jpg -loop 1 -framerate 25 -t 4.5 -i 02*.jpg \
    -loop 1 -framerate 25 -t 4.5 -i 03*.jpg -f lavfi -i "aevalsrc='$music':s=44100:d=11.5" \
    -filter_complex "[0]$across,$still[a];[1]$down,$still[b];[2]$back,$still[c];
        [a][b]xfade=duration=1:offset=3.5[d];[d][c]xfade=duration=1:offset=7,fade=out:st=10.7:d=0.8[v]" \
    -map '[v]' -map 3 -c:v libx264 -pix_fmt yuv420p -preset veryslow -tune animation -crf 36 -g 100 -c:a aac -b:a 32k -ac 1 \
    -map_metadata -1 -fflags +bitexact -flags:v +bitexact -flags:a +bitexact -movflags +faststart -f mp4 "$out"
echo "$(($(stat -c %s "$out") / 1024)) KB  $out  ($size)"
