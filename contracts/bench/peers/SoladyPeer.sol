// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ERC721} from "solady/src/tokens/ERC721.sol";

/// @title Solady's token with nothing but its mint made callable
contract SoladyPeer is ERC721 {
    function mint(address to, uint256 id) external {
        _mint(to, id);
    }

    function name() public pure override returns (string memory) {
        return "Peer";
    }

    function symbol() public pure override returns (string memory) {
        return "PEER";
    }

    function tokenURI(uint256) public pure override returns (string memory) {
        return "";
    }
}
