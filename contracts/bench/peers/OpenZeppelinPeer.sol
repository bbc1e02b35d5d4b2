// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ERC721} from "@openzeppelin/contracts/token/ERC721/ERC721.sol";

/// @title OpenZeppelin's token with nothing but its mint made callable
contract OpenZeppelinPeer is ERC721("Peer", "PEER") {
    function mint(address to, uint256 id) external {
        _mint(to, id);
    }
}
